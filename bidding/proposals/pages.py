"""What the pages of proposals show, put together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.proposals.budget import totals_of
from bidding.proposals.checks import Fault, faults_of
from bidding.proposals.drafts import open_titles, read_history, read_saves
from bidding.proposals.models import Proposal
from bidding.proposals.queries import MOST_EARLIER, earlier_proposals, partners_in
from bidding.proposals.requirements import requirements_of
from bidding.proposals.reuse import sentences_of
from bidding.proposals.rules import acting_for, is_bidder, is_of_bidder
from bidding.proposals.sections import Section
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.http import number_in
from foundation.organisations.models import OrganisationKind
from foundation.organisations.queries import organisations_of
from foundation.permissions import can


def address(proposal: Proposal, section: str) -> str:
    """The page of a section."""
    if section == Section.PARTNERS:
        return reverse("proposals:partners", args=[proposal.pk])
    if section == Section.ATTACHMENTS:
        return reverse("proposals:attachments", args=[proposal.pk])
    return reverse("proposals:edit_proposal", args=[proposal.pk, section])


def template_of(section: str) -> str:
    """Tables and the choice of needs have templates of their own; plain sections share one."""
    own = {
        Section.PEOPLE: "people",
        Section.BUDGET: "budget",
        Section.TEAM: "rows",
        Section.MILESTONES: "rows",
    }
    return f"proposals/{own.get(Section(section), 'section')}.html"


def after(proposal: Proposal, section: str, typed: QueryDict) -> str:
    """Where saving leads: the same page for more rows, the next section, or the task list."""
    if "stay" in typed:
        return address(proposal, section)
    if "next" in typed:
        order = list(Section)
        place = order.index(Section(section)) + 1
        if place < len(order):
            return address(proposal, order[place])
        return reverse("proposals:check", args=[proposal.pk])
    return proposal.get_absolute_url()


def beginning(person: Any, call: Call, asked: QueryDict) -> dict[str, Any]:
    """What the form that begins a draft is made of; `?from=` names the proposal to begin from."""
    rows = earlier_proposals(person, call).select_related("organisation")[:MOST_EARLIER]
    earlier = open_titles(rows)
    chosen = next((row for row in earlier if str(row.pk) == asked.get("from")), None)
    initial: dict[str, Any] = {}
    if chosen:
        same = call.lots.filter(category=chosen.lot.category_id).first()
        initial = {
            "earlier": chosen.pk,
            "title": chosen.title,
            "organisation": chosen.organisation_id,
            "lot": same and same.pk,
        }
    mine = organisations_of(person, acting=True).exclude(kind=OrganisationKind.UNION)
    return {"call": call, "organisations": mine, "earlier": earlier, "initial": initial}


def to_use_again(person: Any, number: str) -> Proposal | None:
    """The proposal a draft for another call is to be begun from, with its title."""
    rows = earlier_proposals(person).filter(pk=number_in(number) or 0)
    return next(iter(open_titles(rows.select_related("organisation"))), None)


def task_list(proposal: Proposal, person: Any) -> dict[str, Any]:
    """The sections, each with what is missing; the envelopes handed in; what may be done."""
    faults = faults_of(proposal)
    saved, origin = read_history(proposal)
    saves = {section: _moment(facts) for section, facts in saved.items()}
    missing = defaultdict(list)
    for fault in faults:
        missing[fault.section].append(fault.sentence)
    submissions = list(proposal.submissions.select_related("submitted_by"))
    last = submissions[0] if submissions else None
    return {
        "proposal": proposal,
        "sections": [
            {
                "label": section.label,
                "url": address(proposal, section),
                "missing": missing[section],
                "begun": section in proposal.section_revisions,
                "optional": section in (Section.PARTNERS, Section.ATTACHMENTS),
                "saved": saves.get(section),
            }
            for section in Section
        ],
        "faults": len(faults),
        "may_edit": can(person, "edit_proposal", proposal),
        "may_submit": can(person, "submit_proposal", proposal),
        "may_withdraw": can(person, "withdraw_proposal", proposal),
        "may_open": can(person, "open_damaged_envelope", proposal),
        "is_bidder": is_bidder(person, proposal),
        "submissions": submissions,
        "last": last,
        "origin": origin if proposal.state == ProposalState.DRAFT else None,
        "left_out": sentences_of(origin) if origin else [],
        "changed_since": bool(last and last.revision != proposal.revision),
        "now": clock.now(),
    }


def _moment(facts: dict[str, str]) -> dict[str, Any]:
    """Who saved, and when as a moment."""
    return {"by": facts["by"], "at": dt.datetime.fromisoformat(facts["at"])}


def whole(proposal: Proposal, person: Any) -> dict[str, Any]:
    """Everything a reader of the whole proposal sees."""
    return {
        **content(proposal),
        "is_own": is_of_bidder(person, proposal),
        "is_bidder": is_bidder(person, proposal),
        "submissions": proposal.submissions.select_related("submitted_by"),
        "screenings": _remarks(proposal) if is_of_bidder(person, proposal) else [],
        "may_cure": can(person, "cure_proposal", proposal),
    }


def _remarks(proposal: Proposal) -> Any:
    return proposal.screenings.all() if getattr(proposal, "has_remarks", True) else []


def content(proposal: Proposal) -> dict[str, Any]:
    """What `proposals/content.html` shows: the offer itself."""
    return {
        "proposal": proposal,
        "needs": proposal.needs.all(),
        "districts": proposal.districts.all(),
        "milestones": proposal.milestones.all(),
        "team": proposal.team.all(),
        "attachments": proposal.attachments.all(),
        "budget": list(proposal.budget.all()),
        "totals": totals_of(proposal.budget.all()),
        "partners": partners_in(proposal),
        "special": [
            (requirement.label, proposal.special.get(requirement.key))
            for requirement in requirements_of(proposal.lot.category_id)
        ],
    }


def section_page(proposal: Proposal, section: str, form: Any) -> dict[str, Any]:
    """A section's form with where it stands among the others."""
    order = list(Section)
    place = order.index(Section(section))
    faults = [fault.sentence for fault in faults_of(proposal) if fault.section == section]
    context: dict[str, Any] = {
        "proposal": proposal,
        "section": Section(section),
        "form": form,
        "place": place + 1,
        "places": len(order),
        "faults": faults,
        "back": proposal.get_absolute_url(),
    }
    if getattr(form, "clashed", False):
        saved = read_saves(proposal).get(section)
        context |= {"changes": form.changes, "saved": saved and _moment(saved)}
    if section == Section.BUDGET:
        totals = totals_of(proposal.budget.all())
        context |= {
            "budget": list(proposal.budget.all()),
            "totals": totals,
            "ceiling_fen": proposal.lot.proposal_ceiling_fen,
            "cap": proposal.call.management_cap_percent,
            "room_fen": totals.management_room_fen(proposal.call.management_cap_percent),
        }
    return context


def linked(proposal: Proposal, faults: list[Fault]) -> list[tuple[Any, str, Any]]:
    """Each fault with its section's name and page."""
    return [
        (Section(fault.section).label, address(proposal, fault.section), fault.sentence)
        for fault in faults
    ]


def open_calls(person: Any) -> list[Call]:
    """Calls that take proposals now, for somebody who acts for an organisation."""
    if not acting_for(person):
        return []
    now = clock.now()
    return list(
        Call.objects.filter(
            state=CallState.PUBLISHED, opens_at__lte=now, closes_at__gt=now, opened_at=None
        ).order_by("closes_at")[:10]
    )
