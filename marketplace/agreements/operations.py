"""What becomes of a standing award: an agreement drawn up, offered, signed or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.proposals.models import Submission
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_bytes
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError
from foundation.face.values import day_text
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of, standing_of
from foundation.permissions import SYSTEM, allow
from marketplace.agreements import kinds, names, papers, readers, rules  # noqa: F401  # importing registers them
from marketplace.agreements.models import Agreement, Gate, Party, Tranche
from marketplace.agreements.money import encumber, owe_tranche
from marketplace.agreements.paper import agreement_pdf
from marketplace.agreements.states import AgreementState
from marketplace.agreements.terms import amounts_of, gates_of
from marketplace.awards.models import Award
from marketplace.awards.operations import morning_after, release_award
from marketplace.awards.states import AwardState

SIGN_DAYS = 30
"""Days between the end of the notice and the last day to sign."""

OnSigned = Callable[[Agreement, Any], None]
ON_SIGNED: list[OnSigned] = []


def on_signed(function: OnSigned) -> OnSigned:
    """Have a room above begin its part in the transaction of the last signature."""
    ON_SIGNED.append(function)
    return function


@operation
def draw_up_agreement(
    award: Award,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    amounts: Mapping[str, int] | None = None,
    actor: Any,
) -> Agreement:
    """Freeze what was handed in and awarded into terms; amounts default to 50/40/10."""
    award = lock(award, "proposal__organisation", "proposal__call", "proposal__place", "buyer")
    allow(actor, "draw_up_agreement", award)
    proposal = award.proposal
    submission = proposal.submissions.select_related("opened").first()
    if submission is None:
        raise DomainError(_("Nothing was handed in that could be agreed on."))
    content = submission.content
    starts = starts_on or dt.date.fromisoformat(content["starts_on"])
    ends = ends_on or dt.date.fromisoformat(content["ends_on"])
    if starts >= ends:
        raise DomainError(_("It has to end after it begins."), field="ends_on")
    milestones = sorted(content["milestones"], key=lambda milestone: milestone["due_on"])
    gates = gates_of(milestones)
    if not milestones:
        raise DomainError(_("The proposal promises no milestone, so nothing could be accepted."))
    parts = {gate: fen for gate, fen in (amounts or {}).items() if fen}
    parts = parts or amounts_of(award.amount_fen, gates)
    _check_amounts(parts, award.amount_fen, gates)
    agreement = Agreement.objects.create(
        award=award,
        number=f"{proposal.call.number}-A{proposal.place.rank:02d}",
        title=proposal.title,
        terms=_frozen(award, submission, milestones, gates),
        amount_fen=award.amount_fen,
        starts_on=starts,
        ends_on=ends,
        drawn_up_by=actor,
        drawn_up_at=clock.now(),
    )
    _lay_out(agreement, parts)
    record(actor, "draw_up_agreement", agreement, award=award.pk, amounts=parts)
    return agreement


def _frozen(
    award: Award,
    submission: Submission,
    milestones: list[dict[str, Any]],
    gates: list[str],
) -> dict[str, Any]:
    """What was handed in and whose money it is, as the agreement keeps it from now on."""
    return {
        "receipt": submission.receipt,
        "sha256": submission.sha256,
        "content": submission.content,
        "milestones": [
            {**milestone, "gate": gate} for milestone, gate in zip(milestones, gates, strict=True)
        ],
        "shares": [
            {
                "pocket": share.pocket,
                "buyer": share.buyer.name if share.buyer else "",
                "amount_fen": share.amount_fen,
            }
            for share in award.shares.select_related("buyer")
        ],
    }


def _lay_out(agreement: Agreement, parts: Mapping[str, int]) -> None:
    """Its two parties, and a tranche for each part, in the order of the gates."""
    award = agreement.award
    for side, organisation in (
        (Party.Side.BUYER, award.buyer),
        (Party.Side.PROVIDER, award.proposal.organisation),
    ):
        Party.objects.create(agreement=agreement, organisation=organisation, side=side)
    Tranche.objects.bulk_create(
        Tranche(agreement=agreement, position=position, gate=gate, amount_fen=parts[gate])
        for position, gate in enumerate((gate for gate in Gate.values if gate in parts), start=1)
    )


def _check_amounts(parts: Mapping[str, int], whole: int, gates: list[str]) -> None:
    """The tranches make the whole, and each has a gate that can be passed."""
    if sum(parts.values()) != whole:
        raise DomainError(
            _("The parts have to make exactly what was awarded."), field="signing_fen"
        )
    if parts.get(Gate.MIDTERM) and Gate.MIDTERM not in gates:
        raise DomainError(
            _("There is no mid-term milestone that could make this part owed."),
            field="midterm_fen",
        )


@operation
def offer_agreement(agreement: Agreement, *, actor: Any) -> Agreement:
    """Put it out for signature: the file is made, fingerprinted and kept; the parties are told."""
    agreement = lock(
        agreement, "award__proposal__organisation", "award__buyer", "award__notice__call"
    )
    allow(actor, "offer_agreement", agreement)
    pdf = agreement_pdf(agreement)
    document = keep_bytes(
        f"{agreement.number}.pdf", pdf, "application/pdf", purpose="agreement", actor=actor
    )
    stood = agreement.award.activated_at or clock.now()
    may_sign = max(clock.today(), rules.first_day_to_sign(agreement.award))
    sign_until = max(
        stood.astimezone(clock.SHANGHAI).date() + dt.timedelta(days=SIGN_DAYS),
        may_sign + dt.timedelta(days=rules.LEAST_SIGN_DAYS),
    )
    agreement.move_to(
        AgreementState.OFFERED,
        document=document,
        sha256=document.sha256,
        offered_at=clock.now(),
        sign_until=sign_until,
    )
    schedule(
        "expire_agreement",
        morning_after(sign_until),
        key=f"expire_agreement:{agreement.pk}",
        agreement=agreement.pk,
    )
    record(actor, "offer_agreement", agreement, sha256=agreement.sha256)
    for party in agreement.parties.select_related("organisation"):
        tell(
            officers_of(party.organisation),
            "agreement_offered",
            url=path_to("agreements:agreement", agreement.pk),
            agreement=str(agreement),
            sign_from_on=may_sign,
            sign_until_on=sign_until,
        )
    return agreement


@operation
def sign_agreement(party: Party, *, name: str, actor: Any) -> Party:
    """Sign for one side, in any order; the last signature puts the agreement in force."""
    agreement = lock(
        party.agreement, "award__fund", "award__proposal__organisation", "award__notice__call"
    )
    party = lock(party, "organisation")
    _lock_notice(agreement)
    party.agreement = agreement
    allow(actor, "sign_agreement", party)
    if name.strip() != actor.name.strip():
        raise DomainError(
            _("Type your name exactly as it stands in your account: %(name)s.")
            % {"name": actor.name},
            field="name",
        )
    if agreement.parties.filter(signed_by=actor).exists():
        raise DomainError(_("You signed for the other side; nobody signs for both."))
    standing = standing_of(party.organisation)
    if not standing.allowed:
        raise DomainError(" ".join(str(reason) for reason in standing.reasons))
    party.signed_by = actor
    party.signed_name = name.strip()
    party.signed_at = clock.now()
    party.signed_sha256 = agreement.sha256
    party.save(update_fields=["signed_by", "signed_name", "signed_at", "signed_sha256"])
    record(actor, "sign_agreement", agreement, side=party.side, sha256=agreement.sha256)
    if agreement.parties.filter(signed_at=None).exists():
        _tell_parties(
            agreement,
            "agreement_half_signed",
            party=str(party.organisation),
            sign_until_on=rules.last_day_to_sign(agreement),
        )
    else:
        _bring_into_force(agreement, actor)
    return party


def _lock_notice(agreement: Agreement) -> None:
    """An objection that came in its last moment is there from now on, or too late."""
    notice = agreement.award.notice
    assert notice is not None  # an award stands only after its notice
    lock(notice)


def _bring_into_force(agreement: Agreement, actor: Any) -> None:
    """Every side has signed: reserved money is bound, the project begins, the first part owed."""
    agreement.move_to(AgreementState.SIGNED, signed_at=clock.now())
    award = lock(agreement.award, "fund")
    award.move_to(AwardState.CONTRACTED)
    encumber(agreement, actor)
    if not ON_SIGNED:
        raise RuntimeError("nobody is there to begin a project: delivery is not loaded")
    for begin in ON_SIGNED:
        begin(agreement, actor)
    first = agreement.tranches.filter(gate=Gate.SIGNING).first()
    if first is not None:
        owe_tranche(first, first.amount_fen, actor=actor)
    _tell_parties(agreement, "agreement_signed")


@operation
def refuse_agreement(party: Party, *, reason: str, actor: Any) -> Party:
    """One side refuses: the award is declined and its money goes back."""
    agreement = lock(party.agreement, "award")
    party = lock(party, "organisation")
    party.agreement = agreement
    allow(actor, "refuse_agreement", party)
    party.refused_reason = reason
    party.save(update_fields=["refused_reason"])
    record(actor, "refuse_agreement", agreement, side=party.side, reason=reason)
    _give_back(agreement, reason, actor)
    return party


@operation
def expire_agreement(agreement: Agreement, *, actor: Any) -> Agreement:
    """Nobody signed in time: the award is declined and its money goes back."""
    agreement = lock(agreement, "award__notice__call")
    _lock_notice(agreement)
    allow(actor, "expire_agreement", agreement)
    day = day_text(rules.last_day_to_sign(agreement) or clock.today())
    reason = str(_("It was not signed by %(day)s") % {"day": day})
    record(actor, "expire_agreement", agreement)
    _give_back(agreement, reason, actor)
    return agreement


@handles("expire_agreement")
def _sign_until_passed(*, agreement: int) -> None:
    """The last day to sign has passed, unless an objection held the signatures up."""
    subject = Agreement.objects.select_related("award__notice__call").get(pk=agreement)
    if subject.state != AgreementState.OFFERED:
        return
    last = rules.last_day_to_sign(subject)
    if last and clock.today() > last:
        expire_agreement(subject, actor=SYSTEM)
        return
    again = morning_after(last or clock.today())
    schedule(
        "expire_agreement",
        again,
        key=f"expire_agreement:{agreement}:{again:%Y%m%d}",
        agreement=agreement,
    )


def _give_back(agreement: Agreement, reason: str, actor: Any) -> None:
    agreement.move_to(AgreementState.REFUSED, ended_at=clock.now())
    award = lock(agreement.award, "proposal__organisation", "buyer", "fund")
    release_award(award, AwardState.DECLINED, reason=reason, actor=actor)
    _tell_parties(agreement, "agreement_refused", reason=reason)


def _tell_parties(agreement: Agreement, kind: str, **facts: Any) -> None:
    for party in agreement.parties.select_related("organisation"):
        tell(
            officers_of(party.organisation),
            kind,
            url=path_to("agreements:agreement", agreement.pk),
            agreement=str(agreement),
            **facts,
        )
