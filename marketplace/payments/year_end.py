"""What of the border of the books has to be settled before a fund's year-end."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.ledger.models import Fund
from marketplace.ledger.year_end import ALONG, Question
from marketplace.payments.deposit_models import Refund, Remittance
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.models import Payable
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import (
    EventState,
    LineState,
    PayableState,
    RefundState,
    RemittanceState,
)


def steps(fund: Fund) -> list[Question]:
    """Payments under way, doubtful lines, held news; what may stay open."""
    return [*_to_settle(fund), *_may_stay(fund)]


def _to_settle(fund: Fund) -> list[Question]:
    lines = StatementLine.objects.filter(state=LineState.WAITING, booked_on__lte=fund.ends_on)
    return [
        Question(
            Payable.objects.filter(fund=fund, state=PayableState.BATCHED),
            _("Payments under way"),
            _("No payment is under way."),
            lambda count, fen: (
                _("%(count)s payments, %(fen)s in all, are in a batch and not confirmed.")
                % {"count": count, "fen": fen}
            ),
            reverse("payments:batches"),
            _("To the batches"),
        ),
        Question(
            lines,
            _("Lines of the bank's statement"),
            _("No line of the fund's time is doubtful."),
            lambda count, fen: (
                _("%(count)s lines, %(fen)s in all, wait for a decision.")
                % {"count": count, "fen": fen}
            ),
            reverse("payments:lines") + "?state=waiting",
            _("To the doubtful lines"),
        ),
        Question(
            StripeEvent.objects.filter(state=EventState.HELD),
            _("Stripe's news"),
            _("None is held for a person."),
            lambda count, _fen: _("%(count)s are held for a person.") % {"count": count},
            reverse("payments:events") + "?state=held",
            _("To the news"),
            amount=None,
        ),
    ]


def _may_stay(fund: Fund) -> list[Question]:
    unpaid = [PayableState.OWED, PayableState.INVOICED]
    return [
        Question(
            Payable.objects.filter(fund=fund, state__in=unpaid),
            _("Owed to organisations"),
            _("Everything that is owed is paid."),
            lambda count, fen: (
                _("%(count)s sums, %(fen)s in all, stay owed and can be paid later.")
                % {"count": count, "fen": fen}
            ),
            reverse("payments:desk"),
            _("To what is owed"),
            otherwise=ALONG,
        ),
        Question(
            Refund.objects.filter(
                deposit__fund=fund, state__in=[RefundState.ASKED, RefundState.SENT]
            ),
            _("Refunds on their way"),
            _("No refund is on its way."),
            lambda count, fen: (
                _("%(count)s refunds, %(fen)s in all; one that fails returns to the union's money.")
                % {"count": count, "fen": fen}
            ),
            reverse("payments:deposits"),
            _("To the deposits"),
            otherwise=ALONG,
        ),
        Question(
            Remittance.objects.filter(fund=fund, state=RemittanceState.OPEN),
            _("Announced payments"),
            _("No announced payment is awaited."),
            lambda count, fen: (
                _("%(count)s sums, %(fen)s in all, are awaited; they arrive where this goes on.")
                % {"count": count, "fen": fen}
            ),
            reverse("payments:deposits"),
            _("To the deposits"),
            otherwise=ALONG,
        ),
    ]
