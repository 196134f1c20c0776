"""Calls for tests: plain functions that write the rows a test starts from."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import asdict
from typing import Any

from bidding.calls.models import Call, Clarification, Criterion, Lot
from bidding.calls.operations import usual_criteria
from bidding.calls.rulebook import columns, shipped
from bidding.calls.states import CallState
from foundation import clock
from foundation.organisations.models import Organisation
from tests.factories.needs import categories
from tests.factories.organisations import make_officer, make_social

_numbers = itertools.count(1)
WAN = 10_000 * 100
"""Ten thousand yuan, in fen."""


def make_call(
    *,
    state: str = CallState.PUBLISHED,
    kind: str = "contest",
    lots: tuple[str, ...] = ("legal-aid", "life-care"),
    opens: float = -10,
    closes: float = 20,
    by: Any = None,
    **fields: Any,
) -> Call:
    """A call with lots and the usual criteria; `opens` and `closes` are days from now.

    Published and open unless told otherwise; each lot holds 100 万 and gives one proposal 20 万.
    """
    now = clock.now()
    number = next(_numbers)
    fields.setdefault("opens_at", now + dt.timedelta(days=opens))
    fields.setdefault("closes_at", now + dt.timedelta(days=closes))
    fields.setdefault("questions_until", fields["closes_at"] - dt.timedelta(days=3))
    fields.setdefault("number", f"GC-2020-{number:04d}")
    if state != CallState.DRAFT:
        fields.setdefault("published_at", fields["opens_at"])
    call = Call.objects.create(
        state=state,
        kind=kind,
        title=fields.pop("title", f"公益服务项目征集{number}"),
        summary=fields.pop("summary", "征集服务职工的项目。"),
        created_by=by or make_officer(),
        created_at=now,
        **{**columns(shipped(kind)), **fields},
    )
    make_lots(call, *lots)
    for place, facts in enumerate(usual_criteria(kind), start=1):
        Criterion.objects.create(call=call, position=place, **asdict(facts))
    return call


def make_lots(call: Call, *codes: str) -> list[Lot]:
    """A lot for each category: 100 万, one proposal at most 20 万."""
    categories()
    return [
        Lot.objects.create(
            call=call,
            category_id=code,
            ceiling_fen=100 * WAN,
            proposal_ceiling_fen=20 * WAN,
            least_proposals=call.least_proposals or 1,
        )
        for code in codes
    ]


def make_opened_call(**fields: Any) -> Call:
    """A call that closed two days ago and whose envelopes were opened."""
    call = make_call(opens=-40, closes=-2, **fields)
    call.opened_at = call.closes_at + dt.timedelta(seconds=1)
    call.save(update_fields=["opened_at"])
    return call


def make_question_about(
    call: Call, organisation: Organisation | None = None, answer: str = ""
) -> Clarification:
    """A question about the call by somebody of `organisation`, answered when `answer` is given."""
    organisation = organisation or make_social()
    asker = organisation.memberships.get(role="representative").person
    return Clarification.objects.create(
        call=call,
        organisation=organisation,
        asked_by=asker,
        asked_at=clock.now(),
        question="可以联合申报吗？",
        answer=answer,
        answered_by=call.created_by if answer else None,
        answered_at=clock.now() if answer else None,
    )
