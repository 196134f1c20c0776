"""The sentences of the other verifiers, as people read them (`foundation/faults.py`)."""

from django.utils.translation import gettext_noop as _

from foundation.faults import sentences
from marketplace.ledger import faults as _of_the_book  # noqa: F401  # theirs are registered

sentences(
    _("books: %(fault)s"),
    _("trail: entries wait for a seal since %(time)s"),
    _("receipt %(name)s: the content is not what was handed in"),
    _("notice %(name)s: the body is not what was published"),
    _("ranking of %(name)s: the inputs are not what was ranked"),
    _("allocation run %(name)s: the inputs are not what was shared out"),
    _("document %(key)s: the file is gone"),
    _("document %(key)s: the file is not what was kept"),
    _("agreement %(number)s: its fingerprint is not that of its paper"),
    _("agreement %(number)s: the %(side)s signed another paper"),
    _("sample %(key)s: what it was drawn from is not what it was"),
    _("sample %(key)s: its items are not what its seed draws"),
    _("due event %(event)s: failed %(count)s times, last by %(error)s"),
    _("due events overdue: %(count)s, the oldest since %(time)s (%(first)s)"),
    _("letters overdue: %(count)s, the oldest since %(time)s (%(first)s)"),
    _("%(chain)s: seal %(number)s is missing"),
    _("%(chain)s: seal %(number)s does not follow seal %(before)s"),
    _("%(chain)s: rows %(first)s to %(last)s are not what was sealed on %(time)s"),
    _("reconciliation: last made at %(time)s"),
    _("reconciliation %(key)s: asked for and never made"),
    _("difference %(key)s: open, and the last comparison did not see it"),
    _("%(table)s lacks its guard %(name)s"),
    _("the surveys lack their law %(name)s"),
)
