"""What can be done about partners: ask one, take it out again, and, as the partner, answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.proposals import kinds, rules  # noqa: F401  (the words and the laws, always there)
from bidding.proposals.content import lay_open, must_fit, partners_of
from bidding.proposals.drafts import read_draft
from bidding.proposals.models import Proposal
from bidding.proposals.partner_models import Partner
from bidding.proposals.rules import acting_for
from bidding.proposals.sections import Section
from bidding.proposals.states import PartnerState
from bidding.proposals.writing import write_draft
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.queries import officers_of, standing_of
from foundation.organisations.rules import roles_of
from foundation.permissions import allow

MOST_PARTNERS = 10


def partners_visible_to(person: Any) -> QuerySet[Partner]:
    """What one's organisations were asked, and whom they asked. Others read of partners in the
    proposal itself, once it is open."""
    mine = list(roles_of(person))
    rows = Partner.objects.filter(Q(organisation__in=mine) | Q(proposal__organisation__in=mine))
    return rows.select_related(
        "organisation", "proposal__call", "proposal__organisation", "proposal__lot__category"
    )


def partnerships_of(person: Any) -> QuerySet[Partner]:
    """What the organisations the person acts for were asked to be partner in, the newest first."""
    rows = partners_visible_to(person).filter(organisation__in=acting_for(person))
    return rows.exclude(state=PartnerState.DROPPED).order_by("-asked_at", "-pk")


def told_of(partner: Partner) -> tuple[str, str]:
    """(the proposal's title, what the partner is to do): all it is shown of a sealed proposal, and
    nothing once it was taken out."""
    offer, _files = read_draft(partner.proposal)
    for row in partners_of(offer):
        if row["organisation"] == partner.organisation_id:
            return offer["title"], row["task"]
    return "", ""


@operation
def ask_partner(
    proposal: Proposal, *, organisation: Organisation, task: str, actor: Any
) -> Partner:
    """Ask an organisation on record to be partner; it sees the title and its task, nothing else."""
    proposal = lock(proposal, "call", "organisation")
    allow(actor, "ask_partner", proposal)
    offer, files = read_draft(proposal)
    named = partners_of(offer)
    _must_suit(proposal, organisation, named)
    facts = {"organisation": organisation.pk, "name": organisation.name, "task": task}
    offer["partners"] = [row for row in named if row["organisation"] != organisation.pk] + [facts]
    must_fit(offer)
    asked: dict[str, Any] = {"asked_by": actor, "asked_at": clock.now()}
    partner = Partner.objects.filter(proposal=proposal, organisation=organisation).first()
    if partner:
        partner.move_to(PartnerState.ASKED, **asked, **partner.without_a_no())
    else:
        partner = Partner.objects.create(proposal=proposal, organisation=organisation, **asked)
    order = list(proposal.partners.values_list("organisation", flat=True))
    offer["partners"].sort(key=lambda row: order.index(row["organisation"]))  # as rows stand
    write_draft(proposal, Section.PARTNERS, offer, files, actor)
    record(actor, "ask_partner", proposal, partner=organisation.pk)
    _tell_partner(partner, "partner_asked")
    return partner


def _must_suit(proposal: Proposal, organisation: Organisation, named: list[Any]) -> None:
    """Refuse the organisation itself, one that buys or may not take part, one nobody can answer
    for, and one that was asked."""
    field = "organisation"
    if organisation.pk == proposal.organisation_id:
        raise DomainError(_("Your organisation offers this itself."), field=field)
    if organisation.kind == OrganisationKind.UNION:  # the federation opens the envelopes, too
        raise DomainError(_("Union bodies buy here; they are nobody's partner."), field=field)
    if barring := standing_of(organisation).barring:
        raise DomainError(" ".join(map(str, barring)), field=field)
    if not officers_of(organisation):
        raise DomainError(
            _("Nobody acts for this organisation here yet, so it could not answer."), field=field
        )
    standing = Partner.objects.filter(proposal=proposal, organisation=organisation).exclude(
        state__in=[PartnerState.REFUSED, PartnerState.DROPPED]
    )
    if standing.exists():
        raise Clash(_("This organisation has been asked already."), field=field)
    if len([row for row in named if row["organisation"] != organisation.pk]) >= MOST_PARTNERS:
        raise DomainError(_("A proposal has at most %(most)s partners.") % {"most": MOST_PARTNERS})


@operation
def drop_partner(partner: Partner, *, actor: Any) -> Proposal:
    """Take a partner out of the draft again (what was handed in before keeps it)."""
    partner = _locked(partner, "drop_partner", actor)
    proposal = partner.proposal
    offer, files = read_draft(proposal)
    offer["partners"] = [
        row for row in partners_of(offer) if row["organisation"] != partner.organisation_id
    ]
    partner.move_to(PartnerState.DROPPED, **partner.without_a_no())
    write_draft(proposal, Section.PARTNERS, offer, files, actor)
    record(actor, "drop_partner", proposal, partner=partner.organisation_id)
    _tell_partner(partner, "partner_dropped")
    return lay_open(proposal, offer, files)


@operation
def confirm_partner(partner: Partner, *, actor: Any) -> Partner:
    """The partner says it takes part."""
    partner = _locked(partner, "confirm_partner", actor)
    return _answer(partner, PartnerState.CONFIRMED, "confirm_partner", actor)


@operation
def refuse_partner(partner: Partner, *, actor: Any) -> Partner:
    """The partner says it does not, or no longer, take part."""
    partner = _locked(partner, "refuse_partner", actor)
    return _answer(partner, PartnerState.REFUSED, "refuse_partner", actor)


def _answer(partner: Partner, answer: PartnerState, verb: str, actor: Any) -> Partner:
    proposal = partner.proposal
    partner.move_to(answer, answered_by=actor, answered_at=clock.now())
    record(actor, verb, proposal, partner=partner.organisation_id)
    tell(
        officers_of(proposal.organisation),
        "partner_confirmed" if answer == PartnerState.CONFIRMED else "partner_refused",
        url=path_to("proposals:partners", proposal.pk),
        partner=partner.organisation.name,
        call=own_words_lazily(proposal.call, "title"),
    )
    return partner


def _locked(partner: Partner, law: str, actor: Any) -> Partner:
    """The partner and its proposal, locked, the law asked. The proposal comes first, as for who
    hands it in: it names who has confirmed by then. An opening may have forgotten the partner
    meanwhile; who comes after one is told so before its row is looked for."""
    proposal = lock(partner.proposal, "call", "organisation")
    partner.proposal = proposal
    allow(actor, law, partner)
    partner = lock(partner, "organisation")
    partner.proposal = proposal
    allow(actor, law, partner)
    return partner


def _tell_partner(partner: Partner, kind: str) -> None:
    """The people who act for the partner."""
    tell(
        officers_of(partner.organisation),
        kind,
        url=path_to(partner),
        organisation=partner.proposal.organisation.name,
        call=own_words_lazily(partner.proposal.call, "title"),
        closes_at=partner.proposal.call.closes_at,
    )
