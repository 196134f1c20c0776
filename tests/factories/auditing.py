"""Findings and samples, made through their operations."""

from __future__ import annotations

from typing import Any

from foundation.people.models import Person, Role
from marketplace.auditing.models import Finding, Sample
from marketplace.auditing.operations import note_finding
from marketplace.auditing.sampling import draw_sample
from tests.factories.people import person


def auditor(name: str = "") -> Person:
    """A person who audits."""
    return person(Role.AUDITOR, name=name or "许审计")


def make_finding(subject: Any, **fields: Any) -> Finding:
    """A finding about `subject`, asked of its organisation unless `body` or `officer` is given."""
    if "body" not in fields and "officer" not in fields:
        fields["body"] = subject.organisation
    fields.setdefault("actor", None)
    fields["actor"] = fields["actor"] or auditor()
    fields.setdefault("severity", "fault")
    fields.setdefault("title", "佐证不足")
    fields.setdefault("text", "第二次活动没有签到表")
    fields.setdefault("answer_days", 10)
    return note_finding(subject, **fields)


def make_sample(actor: Person | None = None, **fields: Any) -> Sample:
    """A sample of one journal unless said otherwise."""
    fields.setdefault("kind", "journals")
    fields.setdefault("size", 1)
    return draw_sample(actor=actor or auditor(), **fields)
