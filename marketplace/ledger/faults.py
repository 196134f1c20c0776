"""The sentences of the book's checks, as people read them (`foundation/faults.py`)."""

from django.utils.translation import gettext_noop as _

from foundation.faults import sentences

sentences(
    _("the book lacks its law %(name)s"),
    _("%(code)s: stored %(came)s in and %(out)s out, its transfers say %(in)s and %(gone)s"),
    _("%(code)s: below zero by %(fen)s fen"),
    _("%(code)s: above zero by %(fen)s fen"),
    _("%(currency)s: %(came)s came in, %(out)s went out"),
    _("journal %(key)s: no transfer"),
    _("transfer %(key)s: two currencies"),
    _("%(code)s: its pocket is not one of its fund"),
    _("%(one)s and %(other)s: %(here)s carried over on one side, %(there)s on the other"),
    _("journal %(key)s: posted into %(period)s after it was closed"),
    _("%(code)s: its books are not closed up to the day its fund's are"),
    _("%(code)s: no such place for money"),
    _("%(code)s: is not what its code says"),
    _("journal %(key)s: not what was posted"),
    _("journal %(key)s: does not carry over pocket by pocket"),
    _("journal %(key)s: “%(kind)s” from %(debit)s to %(credit)s"),
    _("agreement %(key)s: %(stands)s bound, not %(promised)s"),
    _("%(code)s holds %(fen)s for no agreement"),
    _("award %(key)s: %(code)s does not hold %(promised)s"),
    _("%(code)s holds %(fen)s for no award"),
    _("%(code)s: %(held)s fen in the book, %(expected)s by its payables"),
    _("%(code)s: %(held)s fen in the book, %(expected)s by its payouts"),
    _("%(code)s: %(held)s fen in the book, %(expected)s by its deposits"),
)
