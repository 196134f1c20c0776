"""Who has both sides compared, who reads what came out, and who explains a difference."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_fund_manager
from foundation.permissions import is_system, may_become, permit
from marketplace.payments.rules import reads_border
from marketplace.reconciliation.states import DifferenceState, ReconciliationState

reads_differences = reads_border
"""Fund managers and auditors: differences name other people's payments."""

permit(
    "ask_reconciliation",
    who=is_system | is_fund_manager,
    meaning=_("have our rows compared with Stripe and the bank"),
)
permit(
    "finish_reconciliation",
    who=is_system,
    when=may_become(ReconciliationState.AGREED),
    meaning=_("write down what the comparison with Stripe and the bank found"),
)
permit(
    "resolve_difference",
    who=is_fund_manager,
    when=may_become(DifferenceState.RESOLVED),
    meaning=_("explain a difference with Stripe or the bank"),
)
