"""Who reads the bank's statements, and who decides about their lines."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_fund_manager
from foundation.permissions import may_become, permit
from marketplace.payments.states import LineState


def went_out(line: Any) -> Any:
    """It is money that left us."""
    return _("This money came in; it cannot be a payment of ours.") if line.incoming else None


def came_in(line: Any) -> Any:
    """It is money that came to us."""
    return None if line.incoming else _("This money went out; nobody's deposit can be made of it.")


permit("import_statement", who=is_fund_manager, meaning=_("read a statement of the bank's in"))
permit(
    "match_line",
    who=is_fund_manager,
    when=(came_in, may_become(LineState.MATCHED)),
    meaning=_("say whose money a line of the statement is"),
)
permit(
    "match_payout",
    who=is_fund_manager,
    when=(went_out, may_become(LineState.MATCHED)),
    meaning=_("say which payment a line of the statement is"),
)
permit(
    "match_refund",
    who=is_fund_manager,
    when=(went_out, may_become(LineState.MATCHED)),
    meaning=_("say which refund a line of the statement is"),
)
permit(
    "match_return",
    who=is_fund_manager,
    when=(came_in, may_become(LineState.MATCHED)),
    meaning=_("say that a line of the statement is a payment that came back"),
)
permit(
    "match_part",
    who=is_fund_manager,
    when=(came_in, may_become(LineState.MATCHED)),
    meaning=_("say that a line of the statement is a part of a payment that came back"),
)
permit(
    "set_aside_line",
    who=is_fund_manager,
    when=may_become(LineState.SET_ASIDE),
    meaning=_("set a line of the statement aside: it concerns nobody here"),
)
permit(
    "return_line",
    who=is_fund_manager,
    when=(came_in, may_become(LineState.RETURNED)),
    meaning=_("note that money that came in is sent back"),
)
permit(
    "reopen_line",
    who=is_fund_manager,
    when=may_become(LineState.WAITING),
    meaning=_("undo what was decided about a line of the statement"),
)
