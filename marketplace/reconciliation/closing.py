"""What made a difference go away: the newest act on the row it was about, as the trail has it."""

from __future__ import annotations

from foundation.audit.models import Entry
from marketplace.payments.statement_models import StatementLine
from marketplace.reconciliation.models import Difference

TIED = {
    "marketplace.payout": ("payout", "came_back"),
    "marketplace.deposit": ("deposit",),
    "marketplace.refund": ("refund",),
}
"""What a statement's line may be tied to, and by which column."""


def what_closed(difference: Difference) -> str:
    """“match_payout A17” and the like: the act and what it was done to; empty where both sides
    came to agree without one."""
    if not difference.about_type:
        return ""
    seen = Entry.objects.filter(
        subject_type="marketplace.reconciliation",
        subject_id=str(difference.seen_in_id),
        action="finish_reconciliation",
    ).first()
    acts = Entry.objects.filter(pk__gt=seen.pk if seen else 0)
    own = acts.filter(subject_type=difference.about_type, subject_id=difference.about_id)
    lines = StatementLine.objects.none()
    for column in TIED.get(difference.about_type, ()):
        lines = lines | StatementLine.objects.filter(**{column: difference.about_id})
    numbers = [str(pk) for pk in lines.values_list("pk", flat=True)]
    tied = acts.filter(subject_type="marketplace.statementline", subject_id__in=numbers)
    newest = max(
        (entry for entry in (own.order_by("-pk").first(), tied.order_by("-pk").first()) if entry),
        key=lambda entry: entry.pk,
        default=None,
    )
    return f"{newest.action} {newest.subject_name}"[:200] if newest else ""
