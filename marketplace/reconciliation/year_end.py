"""Before a fund's year-end nothing may differ from what Stripe and the bank say."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.ledger.models import Fund
from marketplace.ledger.year_end import Question
from marketplace.reconciliation.models import Difference
from marketplace.reconciliation.states import DifferenceState


def steps(fund: Fund) -> list[Question]:
    """Differences nobody has settled, whichever fund they are about."""
    return [
        Question(
            Difference.objects.filter(state=DifferenceState.OPEN),
            _("Differences with Stripe and the bank"),
            _("None is open."),
            lambda count, _fen: _("%(count)s are open.") % {"count": count},
            reverse("reconciliation:desk") + "?state=open",
            _("To the differences"),
            amount=None,
        )
    ]
