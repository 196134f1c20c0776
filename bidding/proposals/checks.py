"""What is still wrong with a proposal: each fault with the section where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from bidding.proposals.budget import Totals, totals_of
from bidding.proposals.models import Proposal
from bidding.proposals.requirements import requirements_of
from bidding.proposals.sections import Section
from bidding.proposals.states import PartnerState
from foundation import clock
from foundation.money import yuan
from foundation.organisations.standing import standings_of


class Fault(NamedTuple):
    """A sentence, and the section it is mended in."""

    section: str
    sentence: Any


LEAST_MONTHS_DAYS = 28
"""A project shorter than four weeks is taken for a slip of the pen."""


def faults_of(proposal: Proposal) -> list[Fault]:
    """Everything that keeps the proposal from being handed in; empty when it may be."""
    return [
        *_basics(proposal),
        *_people(proposal),
        *_plan(proposal),
        *_milestones(proposal),
        *_team(proposal),
        *_partners(proposal),
        *_budget(proposal, totals_of(proposal.budget.all())),
        *_special(proposal),
    ]


def _basics(proposal: Proposal) -> Iterator[Fault]:
    if not proposal.summary.strip():
        yield Fault(Section.BASICS, _("Say in a few words what the project is."))
    if not (proposal.starts_on and proposal.ends_on):
        yield Fault(Section.BASICS, _("Say when the project begins and ends."))
        return
    if proposal.starts_on <= clock.today():
        yield Fault(Section.BASICS, _("The project begins in the past."))
    if (proposal.ends_on - proposal.starts_on).days < LEAST_MONTHS_DAYS:
        yield Fault(Section.BASICS, _("The project lasts less than four weeks."))


def _people(proposal: Proposal) -> Iterator[Fault]:
    if proposal.call.needs.exists() and not proposal.needs.exists():
        yield Fault(Section.PEOPLE, _("Choose at least one need the project answers."))
    if not proposal.audience.strip():
        yield Fault(Section.PEOPLE, _("Say whom the project serves."))
    if not proposal.headcount:
        yield Fault(Section.PEOPLE, _("Say how many people the project serves."))
    if not proposal.districts.exists():
        yield Fault(Section.PEOPLE, _("Choose where the project works."))


def _plan(proposal: Proposal) -> Iterator[Fault]:
    asked = {
        "goals": _("State the goals and how they are measured."),
        "plan": _("Describe the activities."),
        "risks": _("Name the risks and what is done about them."),
        "sustainability": _("Say what stays when the money ends."),
    }
    for name, sentence in asked.items():
        if not getattr(proposal, name).strip():
            yield Fault(Section.PLAN, sentence)


def _milestones(proposal: Proposal) -> Iterator[Fault]:
    rows = list(proposal.milestones.all())
    if not rows:
        yield Fault(Section.MILESTONES, _("Promise at least one milestone."))
    if proposal.starts_on and proposal.ends_on:
        for row in rows:
            if not proposal.starts_on <= row.due_on <= proposal.ends_on:
                yield Fault(
                    Section.MILESTONES,
                    _("“%(milestone)s” is due outside the project's time.")
                    % {"milestone": row.title},
                )


def _team(proposal: Proposal) -> Iterator[Fault]:
    if not proposal.team.exists():
        yield Fault(Section.TEAM, _("Name at least one person who does the work."))


def _partners(proposal: Proposal) -> Iterator[Fault]:
    sentences = {
        PartnerState.ASKED: _("“%(partner)s” has not answered yet: remind them, or take them out."),
        PartnerState.REFUSED: _("“%(partner)s” does not take part: take them out, or ask again."),
    }
    rows = list(proposal.partners.all())
    standings = standings_of(row.organisation for row in rows)
    for row in rows:
        name = row.organisation.name
        if sentence := sentences.get(row.state):
            yield Fault(Section.PARTNERS, sentence % {"partner": name})
        if barring := standings[row.organisation_id].barring:
            facts = {"partner": name, "why": " ".join(map(str, barring))}
            said = _("“%(partner)s” may not take part now, so take them out: %(why)s") % facts
            yield Fault(Section.PARTNERS, said)


def _budget(proposal: Proposal, sums: Totals) -> Iterator[Fault]:
    if not sums.asked_fen:
        yield Fault(Section.BUDGET, _("The budget asks for no money."))
    ceiling, cap = proposal.lot.proposal_ceiling_fen, proposal.call.management_cap_percent
    if sums.asked_fen > ceiling:
        yield Fault(
            Section.BUDGET,
            _("The budget asks for %(asked)s; one proposal in this lot may ask for %(ceiling)s.")
            % {"asked": yuan(sums.asked_fen), "ceiling": yuan(ceiling)},
        )
    if not sums.management_within(cap):
        yield Fault(
            Section.BUDGET,
            _("Management costs are more than %(cap)s percent of the budget.") % {"cap": cap},
        )
    if proposal.least_fen is not None and proposal.least_fen > sums.asked_fen:
        yield Fault(
            Section.BUDGET, _("The least acceptable amount is more than the budget asks for.")
        )


def _special(proposal: Proposal) -> Iterator[Fault]:
    for requirement in requirements_of(proposal.lot.category_id):
        if requirement.missing_from(proposal.special):
            yield Fault(Section.SPECIAL, requirement.ask)
