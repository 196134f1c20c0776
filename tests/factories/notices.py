"""Notices and objections for tests: plain functions that write the rows a test starts from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bidding.calls.models import Call
from bidding.notices.lines import Line
from bidding.notices.models import Notice, Objection
from bidding.notices.states import ObjectionState
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.seals.chain import sha256_of
from tests.factories.calls import make_opened_call
from tests.factories.organisations import make_social


def make_ranked_proposal(call: Call, **fields: Any) -> Proposal:
    """A proposal that has been opened, admitted and ranked."""
    organisation = fields.pop("organisation", None) or make_social()
    now = clock.now()
    return Proposal.objects.create(
        call=call,
        lot=call.lots.first(),
        serial=call.proposals.count() + 1,
        organisation=organisation,
        title=fields.pop("title", f"{organisation}的项目"),
        created_by=organisation.memberships.get(role="representative").person,
        created_at=now,
        changed_at=now,
        state=fields.pop("state", ProposalState.RANKED),
        **fields,
    )


def line_of(proposal: Proposal, place: int = 1, *, awarded: bool = True) -> Line:
    """The line a notice would have about the proposal."""
    return Line(
        proposal=proposal.pk,
        title=proposal.title,
        organisation=proposal.organisation.name,
        category=proposal.lot.category.name,
        category_en=proposal.lot.category.name_en,
        awarded=awarded,
        amount_fen=15_000_000 if awarded else 0,
        place=place,
        score="88.50",
        reason="" if awarded else "超出标段限额",
    )


def make_notice(call: Call | None = None, *, proposals: int = 1, **fields: Any) -> Notice:
    """A notice about some ranked proposals, running from today for seven days."""
    call = call or make_opened_call()
    lines = [
        line_of(make_ranked_proposal(call), place).facts() for place in range(1, proposals + 1)
    ]
    body = {"kind": "award", "call": {"number": call.number, "title": call.title}, "lines": lines}
    today = clock.today()
    fields.setdefault("number", f"GS-2020-{call.pk:04d}{call.notices.count()}")
    fields.setdefault("first_day", today)
    fields.setdefault("last_day", today + dt.timedelta(days=7))
    return Notice.objects.create(
        call=call,
        title=fields.pop("title", "立项结果公示"),
        body=body,
        sha256=sha256_of(body),
        working_days=5,
        published_by=call.created_by,
        published_at=clock.now(),
        **fields,
    )


def make_objection(notice: Notice, **fields: Any) -> Objection:
    """An open objection by a named person to the notice's first line."""
    proposal = fields.pop("proposal", None) or notice.call.proposals.order_by("pk").first()
    fields.setdefault("name", "张小明")
    fields.setdefault("contact", "13800000000")
    fields.setdefault("state", ObjectionState.OPEN)
    fields.setdefault("text", "团队名单与实际不符，电话 13800000000。")
    fields.setdefault("answer_due_on", clock.today() + dt.timedelta(days=7))
    return Objection.objects.create(
        notice=notice, proposal=proposal, filed_at=clock.now(), **fields
    )
