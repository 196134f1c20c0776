"""Lots with too few valid proposals: declared void for a public reason, and run again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bidding.calls.beginnings import run_again
from bidding.calls.models import Call
from bidding.calls.operations import cancel_call, publish_call
from bidding.calls.states import CallState, Phase, phase_of
from bidding.evaluation.models import Panel, Screening
from bidding.evaluation.operations import declare_void, draw_panel, screen_proposal
from bidding.evaluation.queries import thin_lots
from bidding.evaluation.waiting import looks_for
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.permissions import SYSTEM
from foundation.waiting import find
from tests.at_once import at_once
from tests.factories.evaluation import admit_all, make_expert
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import (
    after_closing,
    bidder_of,
    make_open_call,
    make_opened_call,
    make_submitted,
)

pytestmark = pytest.mark.django_db
WHY = "有效申报不足三家"


def two_lots(**least):
    """An opened call: two proposals for legal aid, three for life care; each lot needs three."""
    call = make_open_call("legal-aid", "life-care", least_proposals=3)
    thin, thick = call.lots.order_by("category")
    for lot in (thin, thin, thick, thick, thick):
        make_submitted(call, lot=lot)
    with clock.at(after_closing(call)):
        return open_envelopes(call, actor=SYSTEM), thin, thick


def test_a_thin_lot_is_declared_void_and_the_rest_goes_on(client):
    call, thin, thick = two_lots()
    officer = make_officer()
    assert [(lot.pk, lot.possible) for lot in thin_lots(call)] == [(thin.pk, 2)]
    for lots, reason, actor, refusal in (
        ([thin.pk], " ", officer, DomainError),
        ([], WHY, officer, DomainError),
        ([thin.pk, thick.pk], WHY, officer, DomainError),
        ([thin.pk], WHY, make_person(), Forbidden),
    ):
        with pytest.raises(refusal):
            declare_void(call, lots=lots, reason=reason, actor=actor)
    assert not call.lots.exclude(voided_at=None).exists()
    assert not Screening.objects.exists()
    client.force_login(officer)
    address = reverse("evaluation:declare_void", args=[call.number])
    assert address in client.get(reverse("evaluation:call", args=[call.number])).content.decode()
    form = client.get(address).context["form"]
    assert form["lots"].value() == [thin.pk]
    assert "2" in form["reason"].value()
    client.post(address, {"lots": [thin.pk], "reason": WHY})
    thin.refresh_from_db()
    call.refresh_from_db()
    assert (thin.void_reason, call.state) == (WHY, CallState.PUBLISHED)
    left = Proposal.objects.filter(lot=thin).select_related("organisation")
    assert {one.state for one in left} == {ProposalState.REFUSED}
    told = Notification.objects.filter(kind="lot_void").values_list("person", flat=True)
    assert set(told) == {bidder_of(one.organisation).pk for one in left}
    assert Entry.objects.filter(action="declare_void").count() == 1
    page = client.get(call.get_absolute_url()).content.decode()
    assert WHY in page
    assert client.get(address).status_code == 409
    admit_all(call)
    for _one in range(3):
        make_expert()
    judged = Proposal.objects.filter(lot=thick).values_list("pk", flat=True)
    assert set(draw_panel(call, actor=officer).inputs["proposals"]) == set(judged)


def test_drawing_the_judges_declares_thin_lots_void_by_itself():
    call, thin, _thick = two_lots()
    admit_all(call)
    for _one in range(3):
        make_expert()
    draw_panel(call, actor=make_officer())
    thin.refresh_from_db()
    assert "2" in thin.void_reason
    assert "3" in thin.void_reason
    entry = Entry.objects.get(action="draw_panel")
    assert entry.facts["void"] == [thin.category_id]
    with pytest.raises(WrongState):
        declare_void(call, lots=[thin.pk], reason=WHY, actor=make_officer())


def test_with_its_last_lot_the_call_is_void_and_it_is_run_again_as_a_new_one(client):
    call, officer = make_opened_call(2, least_proposals=3, kind="procurement"), make_officer()
    first, second = Proposal.objects.filter(call=call).select_related("organisation")
    screen_proposal(first, decision="refuse", reason="资质过期", actor=officer)
    admit_all(call)
    with pytest.raises(DomainError, match=r"废标|void"):
        draw_panel(call, actor=officer)
    assert not Panel.objects.exists()
    with pytest.raises(WrongState):
        run_again(call, actor=officer)
    screen = [one.title for one in find(looks_for(officer))]
    assert len(screen) == 1
    lots = [lot.pk for lot in call.lots.all()]
    call = declare_void(call, lots=lots, reason=WHY, actor=officer)
    assert (call.state, phase_of(call, clock.now())) == (CallState.VOID, Phase.VOID)
    second.refresh_from_db()
    assert second.state == ProposalState.REFUSED
    told = set(Notification.objects.filter(kind="call_void").values_list("person", flat=True))
    bidders = {bidder_of(one.organisation).pk for one in (first, second)}
    assert told == bidders | {call.created_by_id}
    assert find(looks_for(officer)) == []
    for refused in (
        lambda: draw_panel(call, actor=officer),
        lambda: cancel_call(call, reason="？", actor=officer),
        lambda: declare_void(call, lots=lots, reason=WHY, actor=officer),
    ):
        with pytest.raises(WrongState):
            refused()
    with pytest.raises(Forbidden):
        run_again(call, actor=make_person())
    new = run_again(call, actor=officer)
    assert (new.reruns, new.state, new.lots.count()) == (call, CallState.DRAFT, 1)
    with pytest.raises(WrongState, match=new.number):
        run_again(call, actor=officer)
    public = client.get(call.get_absolute_url())
    assert WHY in public.content.decode()
    assert new.number not in public.content.decode()  # still a draft
    assert call.number in client.get("/calls/?tab=past").content.decode()
    Call.objects.filter(pk=new.pk).update(
        least_price_weight=None, smallest_panel=None, least_proposals=None
    )
    new = publish_call(new, actor=officer)
    told = set(Notification.objects.filter(kind="call_run_again").values_list("person", flat=True))
    assert told == bidders | {call.created_by_id}
    for here, there in ((call, new), (new, call)):
        assert there.number in client.get(here.get_absolute_url()).content.decode()
    client.force_login(officer)
    for one in (call, new):
        assert client.get(reverse("calls:manage", args=[one.number])).status_code == 200


def test_a_rerun_that_was_cancelled_may_be_begun_anew_on_the_desk(client):
    call, officer = make_opened_call(1, least_proposals=2), make_officer()
    lots = [lot.pk for lot in call.lots.all()]
    declare_void(call, lots=lots, reason=WHY, actor=officer)
    client.force_login(officer)
    address = reverse("calls:run_again", args=[call.number])
    client.post(address)
    new = Call.objects.get(reruns=call)
    client.post(address)
    assert Call.objects.filter(reruns=call).count() == 1
    Call.objects.filter(pk=new.pk).update(state=CallState.CANCELLED)
    client.post(address)
    assert Call.objects.filter(reruns=call).count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_void_and_run_again_twice_at_once_happen_once():
    call, officers = make_opened_call(1, least_proposals=2), [make_officer(), make_officer()]
    lots = [lot.pk for lot in call.lots.all()]
    done = at_once(
        *(lambda one=one: declare_void(call, lots=lots, reason=WHY, actor=one) for one in officers)
    )
    assert sorted(type(one).__name__ for one in done) == ["Call", "WrongState"]
    done = at_once(*(lambda one=one: run_again(call, actor=one) for one in officers))
    assert sorted(type(one).__name__ for one in done) == ["Call", "WrongState"]
    assert Call.objects.filter(reruns=call).count() == 1
