"""What a reader sees who is not to know whose a proposal is: the texts with names hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from bidding.proposals.budget import totals_of
from bidding.proposals.models import BudgetLine, Proposal
from bidding.proposals.partner_models import Partner
from bidding.proposals.redaction import Names, Redaction
from bidding.proposals.requirements import requirements_of
from foundation.audit.models import Entry
from foundation.organisations.models import District, Membership, Organisation

PROSE = ("title", "summary", "audience", "goals", "plan", "risks", "sustainability")
PARTS = ("needs", "districts", "team", "budget", "milestones", "attachments")
NUMBERED = ("team", "special")
"""Where numbers are those of certificates."""

STREET = 8
"""An address shorter than this is the name of a place, which does not tell."""

Texts = dict[str, Any]
"""Everything an organisation wrote that readers may read, as plain JSON."""


@dataclass(frozen=True)
class Shown:
    """What a page has of the proposal: no field of it leads to who offers it."""

    title: str
    summary: str
    audience: str
    headcount: int | None
    goals: str
    plan: str
    risks: str
    sustainability: str
    starts_on: Any
    ends_on: Any
    least_fen: int | None
    call: Any
    lot: Any


def names_in(proposals: Iterable[Proposal]) -> dict[int, Names]:
    """Proposal id → whoever must not be recognised in it, in six queries for however many.

    The bidder, every organisation it asked to be partner, what they were called before, their
    people, and the team.
    """
    proposals = list(proposals)
    prefetch_related_objects(proposals, "team", "organisation")
    bodies: dict[int, set[int]] = {one.pk: {one.organisation_id} for one in proposals}
    for proposal, body in Partner.objects.filter(proposal__in=bodies).values_list(
        "proposal", "organisation"
    ):
        bodies[proposal].add(body)
    everybody = set().union(*bodies.values()) if bodies else set()
    known = _known_of(everybody)
    places = tuple(District.objects.values_list("name", flat=True))
    found = {}
    for one in proposals:
        facts = [known[body] for body in sorted(bodies[one.pk])]
        team = {member.name for member in one.team.all()}
        found[one.pk] = Names(
            bodies=tuple(sorted(set().union(*(fact.bodies for fact in facts)))),
            people=tuple(sorted(team.union(*(fact.people for fact in facts)))),
            words=tuple(sorted(set().union(*(fact.words for fact in facts)))),
            places=places,
        )
    return found


@dataclass
class _Known:
    bodies: set[str]
    people: set[str]
    words: set[str]


def _known_of(organisations: set[int]) -> Mapping[int, _Known]:
    known: dict[int, _Known] = defaultdict(lambda: _Known(set(), set(), set()))
    rows = Organisation.objects.filter(pk__in=organisations).prefetch_related("predecessors")
    for row in rows:
        mine = known[row.pk]
        mine.bodies |= {row.name, row.name_en}
        mine.bodies |= {name for one in row.predecessors.all() for name in (one.name, one.name_en)}
        mine.people.add(row.contact_name)
        mine.words |= {row.uscc or "", row.contact_phone}
        if len(row.address) >= STREET:
            mine.words.add(row.address)
    renamed = Entry.objects.filter(
        action="rename_organisation",
        subject_type=Organisation._meta.label_lower,
        subject_id__in=[str(pk) for pk in organisations],
    )
    for pk, facts in renamed.values_list("subject_id", "facts"):
        known[int(pk)].bodies.add(facts["before"])
    members = Membership.objects.filter(organisation__in=organisations).select_related("person")
    for membership in members:
        mine, person = known[membership.organisation_id], membership.person
        mine.people.add(person.name)
        mine.words |= {person.email, person.phone}
    return known


def texts_of(proposal: Proposal) -> Texts:
    """What the organisation wrote, but for what names somebody however it is put: the names of the
    team and of partners, answers that are names, and attachments."""
    special = {
        row.key: proposal.special.get(row.key)
        for row in requirements_of(proposal.lot.category_id)
        if not row.names_somebody
    }
    return {
        **{name: getattr(proposal, name) for name in PROSE},
        "team": [{"duty": row.duty, "certificate": row.certificate} for row in proposal.team.all()],
        "partners": [row.task for row in proposal.partners.all() if row.task],
        "milestones": [
            {"title": row.title, "measure": row.measure} for row in proposal.milestones.all()
        ],
        "budget": [{"item": row.item, "unit": row.unit} for row in proposal.budget.all()],
        "special": special,
    }


def blind_texts(proposals: Iterable[Proposal]) -> dict[int, Texts]:
    """Proposal id → its texts with every name hidden, in a constant number of queries."""
    proposals = list(proposals)
    prefetch_related_objects(proposals, "lot", *PARTS, "partners")
    names = names_in(proposals)
    return {one.pk: hide_in(texts_of(one), Redaction(names[one.pk])) for one in proposals}


def hide_in(texts: Texts, redaction: Redaction) -> Texts:
    """The same texts with what the redaction hides hidden."""
    return {
        name: _hidden(value, redaction, numbers=name in NUMBERED) for name, value in texts.items()
    }


def _hidden(value: Any, redaction: Redaction, *, numbers: bool) -> Any:
    if isinstance(value, str):
        return redaction.hide(value, numbers=numbers)
    if isinstance(value, list):
        return [_hidden(one, redaction, numbers=numbers) for one in value]
    if isinstance(value, dict):
        return {key: _hidden(one, redaction, numbers=numbers) for key, one in value.items()}
    return value


def blind_content(proposal: Proposal, texts: Texts) -> dict[str, Any]:
    """What `proposals/content.html` shows to who is not to know whose it is: numbers, days and
    places of the proposal, and the hidden `texts`; nothing else of it reaches the page."""
    budget = list(proposal.budget.all())
    wanted = requirements_of(proposal.lot.category_id)
    special = texts["special"]
    return {
        "blind": True,
        "proposal": Shown(
            **{name: texts[name] for name in PROSE},
            headcount=proposal.headcount,
            starts_on=proposal.starts_on,
            ends_on=proposal.ends_on,
            least_fen=proposal.least_fen,
            call=proposal.call,
            lot=proposal.lot,
        ),
        "needs": list(proposal.needs.all()),
        "districts": list(proposal.districts.all()),
        "milestones": [
            SimpleNamespace(due_on=row.due_on, **said)
            for row, said in zip(proposal.milestones.all(), texts["milestones"], strict=True)
        ],
        "team": [
            SimpleNamespace(name=_("member %(number)d") % {"number": at}, **said)
            for at, said in enumerate(texts["team"], start=1)
        ],
        "partners": [
            SimpleNamespace(number=at, task=task)
            for at, task in enumerate(texts["partners"], start=1)
        ],
        "budget": [_line(row, said) for row, said in zip(budget, texts["budget"], strict=True)],
        "totals": totals_of(budget),
        "special": [(row.label, special[row.key]) for row in wanted if row.key in special],
        "kept_back": [row.label for row in wanted if row.names_somebody],
        "attachments": [],
        "withheld": len(proposal.attachments.all()),
    }


def _line(row: BudgetLine, said: Mapping[str, str]) -> BudgetLine:
    """The line as it adds up, with other words."""
    return BudgetLine(
        group=row.group,
        source=row.source,
        quantity=row.quantity,
        unit_price_fen=row.unit_price_fen,
        **said,
    )
