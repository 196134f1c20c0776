"""Calls that take proposals, and proposals at each stage, for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from bidding.calls.models import Call, CallKind, Criterion, Lot
from bidding.calls.states import CallState
from bidding.needs.models import Category
from bidding.proposals.content import lay_open, written
from bidding.proposals.drafts import open_draft, read_draft, seal_draft
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import draft_proposal, submit_proposal
from bidding.proposals.requirements import requirements_of
from foundation import clock
from foundation.organisations.models import Organisation
from foundation.organisations.queries import representative_of
from foundation.people.models import Person
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_district, make_officer, make_social

_numbers = itertools.count(1)

DAY = dt.timedelta(days=1)


def make_category(code: str = "legal-aid", name: str = "法律援助") -> Category:
    """A category; the same code gives the same one."""
    position = Category.objects.count() + 1
    defaults = {"name": name, "name_en": code, "position": position}
    return Category.objects.get_or_create(code=code, defaults=defaults)[0]


def make_open_call(*categories: str, officer: Person | None = None, **fields: Any) -> Call:
    """A published call that opened yesterday and closes in thirty days, with a lot a category."""
    now = clock.now()
    number = next(_numbers)
    facts: dict[str, Any] = {
        "number": f"GC-TEST-{number:04d}",
        "kind": CallKind.CONTEST,
        "title": f"创投大赛{number}",
        "summary": "为职工买服务",
        "opens_at": now - DAY,
        "questions_until": now + 20 * DAY,
        "closes_at": now + 30 * DAY,
        "created_by": officer or make_officer(),
        "created_at": now,
        "published_at": now,
        "state": CallState.PUBLISHED,
    }
    least = fields.pop("least_proposals", 1)
    call = Call.objects.create(**{**facts, **fields})
    for code in categories or ("legal-aid",):
        Lot.objects.create(
            call=call,
            category=make_category(code, name="法律援助" if code == "legal-aid" else code),
            ceiling_fen=100_000_000,
            proposal_ceiling_fen=10_000_000,
            least_proposals=least,
        )
    for position, (name, weight) in enumerate(
        (("需求契合", 40), ("方案可行", 35), ("预算合理", 25)), start=1
    ):
        Criterion.objects.create(call=call, position=position, name=name, weight=weight)
    return call


def bidder_of(organisation: Organisation) -> Person:
    """Who acts for the organisation."""
    person = representative_of(organisation)
    assert person is not None
    return person


def make_draft(
    call: Call | None = None, organisation: Organisation | None = None, title: str = "", **also: Any
) -> Proposal:
    """A draft with nothing in it but its title."""
    call = call or make_open_call()
    organisation = organisation or make_social()
    return draft_proposal(
        call,
        lot=also.get("lot") or call.lots.all()[0],
        organisation=organisation,
        title=title or f"职工法律服务{next(_numbers)}",
        actor=bidder_of(organisation),
    )


def line(fen: int, group: str = "activity", **fields: Any) -> dict[str, Any]:
    """One line of a budget."""
    return {
        "group": group,
        "item": "讲座",
        "unit": "场",
        "quantity": 1,
        "unit_price_fen": fen,
        "source": "seed",
        **fields,
    }


def section_values(proposal: Proposal, section: str, **fields: Any) -> dict[str, Any]:
    """Values without a fault for a section."""
    return {**_every_section(proposal)[section], **fields}


def _every_section(proposal: Proposal) -> dict[str, dict[str, Any]]:
    begin = clock.today() + 60 * DAY
    special = {
        row.key: 3 if row.kind == "number" else "证号 3101"
        for row in requirements_of(proposal.lot.category_id)
    }
    return {
        "basics": {
            "title": proposal.title,
            "summary": "给职工讲法、答疑、代书。",
            "starts_on": begin,
            "ends_on": begin + 240 * DAY,
        },
        "people": {
            "needs": list(proposal.call.needs.all()),
            "audience": "快递员",
            "headcount": 300,
            "districts": [make_district("310115001")],
        },
        "plan": {
            "goals": "讲座10场",
            "plan": "每月一场",
            "risks": "下雨",
            "sustainability": "志愿者",
        },
        "milestones": {
            "milestones": [
                {"title": "中期", "due_on": begin + 120 * DAY, "measure": "5场"},
                {"title": "结项", "due_on": begin + 230 * DAY, "measure": "10场"},
            ]
        },
        "team": {"team": [{"name": "李律师", "duty": "主讲", "certificate": "3101"}]},
        "budget": {
            "budget": [line(4_500_000), line(500_000, "management", item="管理")],
            "least_fen": None,
        },
        "special": {"special": special},
    }


SECTIONS = ("basics", "people", "plan", "milestones", "team", "budget", "special")


def make_ready(*args: Any, **kwargs: Any) -> Proposal:
    """A draft without a fault, not handed in; `asked_fen` sets what it asks for."""
    asked = kwargs.pop("asked_fen", None)
    proposal = make_draft(*args, **kwargs)
    sections = _every_section(proposal)
    if asked:
        sections["budget"]["budget"] = [line(asked)]
    # as edit_proposal leaves it when each section was written once, sealed once instead of seven
    # times; tests of editing and of its trail call the operation
    offer, files = read_draft(proposal)
    for revision, section in enumerate(SECTIONS, start=proposal.revision + 1):
        offer |= {name: written(name, value) for name, value in sections[section].items()}
        proposal.revision = proposal.section_revisions[section] = revision
    seal_draft(proposal, offer, files)
    changed = ["revision", "section_revisions", "sealed", "sealed_key"]
    proposal.save(update_fields=changed)
    return lay_open(proposal, offer, files)


def make_submitted(*args: Any, **kwargs: Any) -> Proposal:
    """A proposal that was handed in."""
    proposal = make_ready(*args, **kwargs)
    submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    return stored(proposal.pk)


def stored(pk: int | None = None) -> Proposal:
    """The proposal as its own organisation reads it from the database (the only one, or this)."""
    return open_draft(Proposal.objects.get(**({"pk": pk} if pk else {})))


def after_closing(call: Call) -> dt.datetime:
    """A minute after the call has closed."""
    return call.closes_at + dt.timedelta(minutes=1)


def make_opened_call(count: int = 3, **fields: Any) -> Call:
    """A call whose `count` envelopes have been opened, a minute after it closed."""
    call = make_open_call(**fields)
    for _one in range(count):
        make_submitted(call)
    with clock.at(after_closing(call)):
        return open_envelopes(call, actor=SYSTEM)


def last_of(proposal: Proposal) -> Submission:
    """The envelope that counts."""
    return proposal.submissions.order_by("-version")[0]
