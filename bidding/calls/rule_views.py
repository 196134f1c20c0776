"""The desk's pages of rules: the rule sets new calls begin with, and the rules of one call."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls import rule_operations as operations
from bidding.calls.models import CallKind
from bidding.calls.queries import calls_visible_to
from bidding.calls.rule_forms import RuleForm
from bidding.calls.rule_models import RuleSetting
from bidding.calls.rulebook import BOOK, Rule, Source, rules_of, shipped
from bidding.calls.rules import reads_desk
from bidding.calls.states import CallState
from foundation.errors import Forbidden
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.permissions import may_ever


def _reader(request: HttpRequest) -> None:
    """The 403 page for whoever is neither officer nor auditor."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))


def _rule(code: str, kind: str) -> Rule:
    if code not in BOOK or kind not in BOOK[code].roads:
        raise Http404
    return BOOK[code]


def _row(rule: Rule, kind: str, value: int | None, usual: int | None) -> dict[str, Any]:
    """A rule as the tables show it."""
    return {
        "rule": rule,
        "said": rule.said(value),
        "source": Source(rule.source[kind]),
        "departs": value != usual,
        "usual": rule.said(usual),
    }


@signed_in
def rule_sets(request: HttpRequest) -> HttpResponse:
    """The two rule sets, each number with what it rests on."""
    _reader(request)
    kept = {(row.kind, row.rule): row for row in RuleSetting.objects.select_related("set_by")}
    sets = []
    for kind in CallKind:
        usual, rows = shipped(kind), []
        for rule in rules_of(kind):
            mine = kept.get((kind, rule.code))
            value = mine.value if mine else usual[rule.code]
            rows.append({**_row(rule, kind, value, usual[rule.code]), "kept": mine})
        sets.append((kind, rows))
    context = {"title": _("Rule sets"), "sets": sets, "back": reverse("calls:desk")}
    return render(request, "calls/rule_sets.html", context)


@signed_in
def set_default_rule(request: HttpRequest, road: str, rule: str) -> HttpResponse:
    """Change what new calls of a kind begin with."""
    gate(request.user, "set_default_rule")
    known = _rule(rule, road)
    standing = operations.rule_set(road)[rule]
    form = RuleForm(*posted(request), rule=known, standing=standing, is_public=False)
    facts = {"kind": road, "rule": rule, "actor": request.user}
    if form.sent() and form.attempt(operations.set_default_rule, **facts):
        said = _("New calls begin with it. Calls that there are keep their own.")
        return done(request, said, "calls:rule_sets")
    back = reverse("calls:rule_sets")
    context = {"form": form, "lead": CallKind(road).label, "back": back}
    return render(request, "calls/set_rule.html", {**context, **_about(known, road)})


@signed_in
def call_rules(request: HttpRequest, number: str) -> HttpResponse:
    """The rules of one call, and where it departs from its rule set."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    _reader(request)
    usual, is_draft = operations.rule_set(found.kind), found.state == CallState.DRAFT
    rows = [
        _row(rule, found.kind, getattr(found, rule.code), usual[rule.code])
        for rule in rules_of(found.kind)
        if not rule.planning
    ]
    context = {
        "call": found,
        "title": _("Rules of the call"),
        "lead": own_words(found, "title"),
        "rows": rows,
        "changes": list(found.rule_changes.select_related("made_by")),
        "is_draft": is_draft,
        "may_change": is_draft and may_ever(request.user, "set_call_rule", found),
        "back": reverse("calls:manage", args=[number]),
    }
    return render(request, "calls/call_rules.html", context)


@signed_in
def set_call_rule(request: HttpRequest, number: str, rule: str) -> HttpResponse:
    """Let a draft go by another number."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    gate(request.user, "set_call_rule", found)
    known = _rule(rule, found.kind)
    if known.planning:
        raise Http404
    form = RuleForm(*posted(request), rule=known, standing=getattr(found, rule), is_public=True)
    facts = {"rule": rule, "actor": request.user}
    if form.sent() and form.attempt(operations.set_call_rule, found, **facts):
        return done(request, _("The call goes by it now."), "calls:call_rules", number)
    back = reverse("calls:call_rules", args=[number])
    context = {"form": form, "lead": found.title, "back": back}
    return render(request, "calls/set_rule.html", {**context, **_about(known, found.kind)})


def _about(rule: Rule, kind: str) -> dict[str, Any]:
    """What a page says of the rule it changes."""
    return {
        "title": _("Change a rule"),
        "rule": rule,
        "source": Source(rule.source[kind]),
        "usual": rule.said(rule.usual[kind]),
        "submit": _("Change it"),
    }
