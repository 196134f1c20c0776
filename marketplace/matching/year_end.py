"""What unions still promise out of a fund has to be decided before its year-end."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.ledger.models import Fund
from marketplace.ledger.year_end import Question
from marketplace.matching.models import Pledge
from marketplace.matching.states import PledgeState


def steps(fund: Fund) -> list[Question]:
    """Promises that were neither used nor taken back."""
    promised = Question(
        Pledge.objects.filter(fund=fund, state=PledgeState.PROMISED),
        _("Promises of unions"),
        _("No promise waits for money to be shared out."),
        lambda count, fen: (
            _(
                "%(count)s promises, %(fen)s in all: share the money out, or let the unions take "
                "them back."
            )
            % {"count": count, "fen": fen}
        ),
        reverse("matching:interests"),
        _("To the promises"),
    )
    return [promised]
