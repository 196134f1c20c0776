"""Changing a rule: of the rule set new calls begin with, or of one call; always with a reason."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.calls import rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.models import Call
from bidding.calls.rule_models import RuleChange, RuleSetting
from bidding.calls.rulebook import BOOK, rules_of, shipped
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow


def rule_set(kind: str) -> dict[str, int | None]:
    """The numbers a new call of this kind begins with, {code: number; None is switched off}."""
    kept = RuleSetting.objects.filter(kind=kind, rule__in=BOOK)
    return {**shipped(kind), **dict(kept.values_list("rule", "value"))}


def _check(kind: str, rule: str, value: int | None, before: int | None, was: int | None) -> None:
    if BOOK[rule] not in rules_of(kind):
        raise DomainError(_("This rule is of no use to this kind of call."))
    if before != was:
        raise Clash(
            _("Somebody changed this rule meanwhile: it is “%(now)s” now. Nothing was overwritten.")
            % {"now": BOOK[rule].said(before)}
        )
    if fault := BOOK[rule].fault_of(value):
        raise DomainError(fault, field="value")
    if value == before:
        raise DomainError(_("It is that already."), field="value")


@operation
def set_default_rule(
    *, kind: str, rule: str, value: int | None, was: int | None, reason: str, actor: Any
) -> RuleSetting:
    """Change what new calls of a kind begin with; calls that there are keep their own."""
    allow(actor, "set_default_rule")
    standing = RuleSetting.objects.select_for_update().filter(kind=kind, rule=rule).first()
    before = standing.value if standing else shipped(kind)[rule]
    _check(kind, rule, value, before, was)
    setting = standing or RuleSetting(kind=kind, rule=rule)
    setting.value, setting.reason = value, reason
    setting.set_by, setting.set_at = actor, clock.now()
    try:
        with transaction.atomic():
            setting.save()
    except IntegrityError as twice:
        raise Clash(_("Somebody changed this rule meanwhile. Look at it again.")) from twice
    facts = {"kind": kind, "rule": rule, "before": before, "after": value}
    record(actor, "set_default_rule", setting, reason=reason, **facts)
    return setting


@operation
def set_call_rule(
    call: Call, *, rule: str, value: int | None, was: int | None, reason: str, actor: Any
) -> Call:
    """Let a draft go by another number, or switch a rule off; the reason will be public."""
    call = lock(call)
    allow(actor, "set_call_rule", call)
    if BOOK[rule].planning:
        raise DomainError(_("This rule only guides how new calls are begun."))
    before = getattr(call, rule)
    _check(call.kind, rule, value, before, was)
    if rule == "panel_size" and call.judges_drawn and (value or 0) > call.judges_drawn:
        raise DomainError(
            _("The call draws %(drawn)d judges in all: draw more first.")
            % {"drawn": call.judges_drawn},
            field="value",
        )
    setattr(call, rule, value)
    call.save(update_fields=[rule])
    RuleChange.objects.create(
        call=call,
        rule=rule,
        before=before,
        after=value,
        reason=reason,
        made_by=actor,
        made_at=clock.now(),
    )
    record(actor, "set_call_rule", call, rule=rule, before=before, after=value, reason=reason)
    return call
