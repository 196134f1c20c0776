"""What becomes of a plan: money reserved, a result published, awards that stand or fall."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation.models import Place
from bidding.notices.models import Notice, Objection
from bidding.notices.operations import publish_notice
from bidding.notices.states import UNANSWERED, ObjectionState
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import federation, federation_officers, officers_of
from foundation.permissions import SYSTEM, allow
from marketplace.awards import kinds, names  # noqa: F401  # importing registers them
from marketplace.awards.holding import refuse_if_changed, refuse_if_faulty
from marketplace.awards.models import Award, Share
from marketplace.awards.queries import lines_of_result
from marketplace.awards.rules import has_no_agreement, objections_to
from marketplace.awards.states import AwardState
from marketplace.ledger import accounts
from marketplace.ledger.operations import Event, Line, post, post_many
from marketplace.ledger.returns import homeward
from marketplace.matching.models import AllocationRun, Match, Pledge
from marketplace.matching.queries import confirmed_run
from marketplace.matching.states import PledgeState, RunState


@operation
def confirm_allocation(run: AllocationRun, *, actor: Any) -> list[Award]:
    """Make a plan real: reserve every share at once or none, award and refuse, use the promises.

    The call, its proposals and its promises are locked, and the problem is stated anew: a plan
    whose facts have changed since (a promise taken back, money moved) is refused whole.
    """
    lock(run.call)
    run = lock(run, "call", "fund")
    allow(actor, "confirm_allocation", run)
    proposals = _locked(Proposal.objects.filter(call=run.call, state=ProposalState.RANKED))
    pledges = _locked(Pledge.objects.filter(proposal__call=run.call, state=PledgeState.PROMISED))
    refuse_if_changed(run)
    refuse_if_faulty(run)
    granted: dict[int, list[Match]] = defaultdict(list)
    for match in run.matches.filter(amount_fen__gt=0).select_related("buyer").order_by("pk"):
        granted[match.proposal_id].append(match)
    awards = [
        _award(run, proposal, granted[pk], actor)
        for pk, proposal in proposals.items()
        if pk in granted
    ]
    post_many([_reservation(award, actor) for award in awards])
    for pk, proposal in proposals.items():
        proposal.move_to(ProposalState.AWARDED if pk in granted else ProposalState.UNFUNDED)
    used = {match.pledge_id for matches in granted.values() for match in matches}
    for pk, pledge in pledges.items():
        pledge.move_to(PledgeState.USED if pk in used else PledgeState.RELEASED)
    open_runs = run.call.runs.filter(state__in=[RunState.PROPOSED, RunState.WAITING])
    for other in open_runs.exclude(pk=run.pk):
        other.move_to(RunState.SET_ASIDE)
    run.move_to(RunState.CONFIRMED)
    record(
        actor,
        "confirm_allocation",
        run.call,
        run=run.pk,
        sha256=run.sha256,
        awards=len(awards),
        fen=sum(award.amount_fen for award in awards),
    )
    return awards


def _locked(rows: Any) -> dict[int, Any]:
    """{id: row} of rows locked in the order of their numbers."""
    return {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}


def _award(run: AllocationRun, proposal: Proposal, matches: list[Match], actor: Any) -> Award:
    """The award of one proposal with its shares, one a pocket."""
    award = Award.objects.create(
        proposal=proposal,
        run=run,
        fund=run.fund,
        buyer=_buyer_of(matches),
        amount_fen=sum(match.amount_fen for match in matches),
        decided_by=actor,
        decided_at=clock.now(),
    )
    Share.objects.bulk_create(
        Share(
            award=award,
            position=position,
            pocket=match.pocket,
            buyer=match.buyer,
            pledge_id=match.pledge_id,
            amount_fen=match.amount_fen,
        )
        for position, match in enumerate(matches, start=1)
    )
    return award


def _buyer_of(matches: list[Match]) -> Organisation:
    """Who signs for the unions: the body that gives most (the first to promise, if several do);
    a proposal funded by seed money alone is bought by the federation."""
    given: dict[Organisation, int] = {}
    for match in matches:
        if match.buyer is not None:
            given[match.buyer] = given.get(match.buyer, 0) + match.amount_fen
    if given:
        return max(given, key=lambda buyer: given[buyer])
    root = federation()
    if root is None:
        raise DomainError(_("There is no federation yet that could buy what seed money pays for."))
    return root


def _reservation(award: Award, actor: Any) -> Event:
    """The journal that moves an award's shares from their pockets into its reserve."""
    return Event(
        key=f"award:{award.pk}:reserve",
        kind="reserve",
        lines=[
            Line(
                debit=share.pocket,
                credit=accounts.award_reserved(award.fund, award.pk, share.pocket),
                amount_fen=share.amount_fen,
            )
            for share in award.shares.all()
        ],
        reference=f"award:{award.pk}",
        actor=actor,
        fund=award.fund,
        memo=str(award.proposal)[:200],
    )


@operation
def publish_results(call: Call, *, actor: Any) -> Notice:
    """Put every ranked proposal, its place and what it got on public notice; tell everybody."""
    call = lock(call)
    allow(actor, "publish_results", call)
    run = confirmed_run(call)
    if run is None:
        raise DomainError(_("The money of this call has not been shared out yet."))
    notice = publish_notice(call, **_titles(call), lines=lines_of_result(run), actor=actor)
    after = morning_after(notice.last_day)
    awards = list(
        run.awards.select_related("proposal__organisation", "buyer").order_by("proposal__place")
    )
    for award in awards:
        award.notice = notice
        award.save(update_fields=["notice"])
        schedule("activate_award", after, key=f"activate_award:{award.pk}", award=award.pk)
    record(actor, "publish_results", call, notice=notice.number, awards=len(awards))
    _tell_results(call, notice, awards, run)
    return notice


def morning_after(day: dt.date) -> dt.datetime:
    """The first moment at which a day in Shanghai is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)


def _titles(call: Call) -> dict[str, str]:
    """The notice's title in both languages."""
    titles = {}
    for field, language, name in (
        ("title", "zh-hans", call.title),
        ("title_en", "en", call.title_en or call.title),
    ):
        with override(language):
            titles[field] = gettext("Result of “%(call)s”") % {"call": name}
    return titles


def _tell_results(call: Call, notice: Notice, awards: list[Award], run: AllocationRun) -> None:
    """Tell the awarded what they got, the refused why, every buyer what became of its promises.

    That there is a notice, everybody concerned is told by the notice itself.
    """
    url = path_to(notice)
    for award in awards:
        tell(
            officers_of(award.proposal.organisation),
            "award_published",
            url=url,
            proposal=str(award.proposal),
            amount_fen=award.amount_fen,
            call=own_words_lazily(call, "title"),
            last_day_on=notice.last_day,
        )
    refused = run.matches.filter(amount_fen=0).select_related("proposal__organisation")
    for refusal in refused.order_by("pk"):
        tell(
            officers_of(refusal.proposal.organisation),
            "award_refused",
            url=path_to("matching:refusal", refusal.pk),
            proposal=str(refusal.proposal),
            call=own_words_lazily(call, "title"),
        )
    used = dict(
        run.matches.exclude(pledge=None).values_list("pledge").annotate(used=Sum("amount_fen"))
    )
    settled = Pledge.objects.filter(
        proposal__call=call, state__in=[PledgeState.USED, PledgeState.RELEASED]
    )
    for pledge in settled.select_related("proposal", "buyer"):
        tell(
            officers_of(pledge.buyer),
            "pledge_settled",
            url=url,
            call=own_words_lazily(call, "title"),
            proposal=str(pledge.proposal),
            used_fen=used.get(pledge.pk, 0),
        )


@operation
def activate_award(award: Award, *, actor: Any) -> Award:
    """After the notice period an award stands, unless an objection to it does."""
    award = lock(award, "proposal__organisation", "buyer", "notice")
    allow(actor, "activate_award", award)
    award.move_to(AwardState.ACTIVE, activated_at=clock.now())
    record(actor, "activate_award", award)
    tell(
        [*officers_of(award.proposal.organisation), *officers_of(award.buyer)],
        "award_activated",
        url=path_to("awards:award", award.pk),
        proposal=str(award.proposal),
    )
    return award


@handles("activate_award")
def _notice_ended(*, award: int) -> None:
    """The notice period of an award has passed: it stands, falls, or waits for an answer."""
    subject = Award.objects.get(pk=award)
    states = set(objections_to(subject).values_list("state", flat=True))
    if subject.state != AwardState.PENDING:
        return
    if states & UNANSWERED:
        tomorrow = clock.now() + dt.timedelta(days=1)
        key = f"activate_award:{award}:{tomorrow:%Y%m%d}"
        schedule("activate_award", tomorrow, key=key, award=award)
    elif ObjectionState.UPHELD in states:
        _fall(subject)
    else:
        activate_award(subject, actor=SYSTEM)


@handles("objection_upheld")
def _objection_upheld(*, pk: int) -> None:
    """An objection was found right: its award falls at once, and no other.

    Where an agreement has been drawn up nothing is undone without people: signing it is
    refused, and the officers are told.
    """
    objection = Objection.objects.get(pk=pk)
    held = Award.objects.filter(proposal=objection.proposal_id, notice=objection.notice_id)
    award = held.select_related("proposal", "notice").first()
    if award is None or not award.may_become(AwardState.CANCELLED):
        if award is None or award.state != AwardState.CONTRACTED:
            return
    elif has_no_agreement(award) is None:
        _fall(award)
        return
    tell(
        federation_officers(),
        "objection_after_agreement",
        url=path_to("notices:objection", pk),
        proposal=str(award.proposal),
    )


def _fall(award: Award) -> None:
    """An award falls for an objection; who is next in its lot hears that money became free."""
    cancel_award(award, reason=str(_("An objection was upheld")), actor=SYSTEM)
    waiting = Place.objects.filter(
        proposal__lot=award.proposal.lot_id,
        proposal__state=ProposalState.UNFUNDED,
        proposal__award=None,
    )
    following = waiting.select_related("proposal__organisation").order_by("rank").first()
    if following is None:
        return
    tell(
        [*officers_of(following.proposal.organisation), *federation_officers()],
        "award_next",
        url=path_to(award.notice),
        proposal=str(following.proposal),
        fallen=str(award.proposal),
        amount_fen=award.amount_fen,
    )


@operation
def cancel_award(award: Award, *, reason: str, actor: Any) -> Award:
    """An award falls; its money goes back to the pockets it came from."""
    return _end(award, "cancel_award", AwardState.CANCELLED, reason, actor)


@operation
def decline_award(award: Award, *, reason: str, actor: Any) -> Award:
    """The organisation gives its award up; the money goes back."""
    return _end(award, "decline_award", AwardState.DECLINED, reason, actor)


def _end(award: Award, law: str, state: AwardState, reason: str, actor: Any) -> Award:
    award = lock(award, "proposal__organisation", "buyer", "fund")
    allow(actor, law, award)
    release_award(award, state, reason=reason, actor=actor)
    record(actor, law, award, reason=reason)
    return award


def release_award(award: Award, state: AwardState, *, reason: str, actor: Any) -> None:
    """End an award (its row locked by the caller): every fen back where it came from."""
    award.move_to(state, reason=reason)
    proposal = lock(award.proposal)
    proposal.move_to(ProposalState.UNFUNDED)
    shares = list(award.shares.select_related("pledge"))
    for share in shares:
        if share.pledge is not None:
            lock(share.pledge).move_to(PledgeState.RELEASED)
    lines = [
        Line(
            debit=accounts.award_reserved(award.fund, award.pk, share.pocket),
            credit=share.pocket,
            amount_fen=share.amount_fen,
        )
        for share in shares
    ]
    post(
        key=f"award:{award.pk}:release",
        kind="release",
        lines=homeward(award.fund, lines),
        reference=f"award:{award.pk}",
        actor=actor,
        fund=award.fund,
        memo=reason[:200],
    )
    kind = "award_declined" if state == AwardState.DECLINED else "award_cancelled"
    tell(
        [*officers_of(award.proposal.organisation), *officers_of(award.buyer)],
        kind,
        url=path_to("awards:award", award.pk),
        proposal=str(award.proposal),
        reason=reason,
    )
