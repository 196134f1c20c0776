"""May an organisation bid? Each reason with what to do; the public learns only what is public."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from bidding.calls.hindrances import may_bid, may_bid_in_public
from foundation import clock
from foundation.organisations.models import Organisation
from foundation.organisations.standing_models import Ban, Proof
from foundation.organisations.states import OrganisationState, ProofState
from tests.factories.calls import make_call
from tests.factories.organisations import make_buyer, make_officer, make_social
from tests.factories.proposals import make_draft, make_open_call

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


def own(organisation, call=None):
    """(how many reasons, where to go for each)."""
    return [one.url for one in may_bid(organisation, call or make_call())]


def test_each_reason_comes_with_what_to_do_and_where():
    body = make_social()
    desk = reverse("organisations:own", args=[body.pk])
    state = reverse("organisations:state_proof", args=[body.pk])
    assert own(body) == []
    assert own(body, make_call(opens=1, closes=30)) == [reverse("calls:subscribe")]
    assert own(body, make_call(opens=-30, closes=-1)) == [reverse("calls:calls")]
    proof = body.proofs.order_by("pk")[0]
    Proof.objects.filter(pk=proof.pk).update(state=ProofState.STATED)
    assert own(body) == [desk]
    today = clock.today()
    Proof.objects.filter(pk=proof.pk).update(
        state=ProofState.VERIFIED, issued_on=today - 9 * YESTERDAY, expires_on=today - YESTERDAY
    )
    assert own(body) == [state]
    Proof.objects.filter(pk=proof.pk).delete()
    assert own(body) == [state]
    for word in OrganisationState.values:
        Organisation.objects.filter(pk=body.pk).update(state=word)
        body.refresh_from_db()
        assert all(str(one) and one.what for one in may_bid(body, make_call()))
    union = make_buyer().memberships.get().organisation
    (only,) = may_bid(union, make_call())
    assert only.what


def test_ones_own_proposal_is_named_to_its_own_people_only():
    call, body = make_open_call(), make_social()
    draft = make_draft(call, body)
    assert own(body, call) == [draft.get_absolute_url()]
    assert may_bid_in_public(body, call) == []


def test_anybody_may_ask_by_credit_code_and_learns_what_is_public(client):
    cache.clear()
    call, good, hidden = make_call(), make_social("好组织"), make_social("未核组织")
    Organisation.objects.filter(pk=hidden.pk).update(state=OrganisationState.REGISTERED)
    address = reverse("calls:check_bidder", args=[call.number])

    def ask(code):
        return client.post(address, {"uscc": code})

    spaced = f" {good.uscc[:8].lower()} {good.uscc[8:]} "
    assert "好组织" in ask(spaced).content.decode()
    assert ask(good.uscc).context["hindrances"] == []
    # a code nobody has, and one of somebody not public, meet the same words
    unknown, unseen = ask("91110000600037341L"), ask(hidden.uscc)
    assert unknown.context["organisation"] is unseen.context["organisation"] is None
    assert "未核组织" not in unseen.content.decode()
    assert ask("123").context["form"].errors
    # what became of a proof is not public: only that none counts
    proof = good.proofs.order_by("pk")[0]
    said = set()
    for now in (
        {"state": ProofState.STATED},
        {"state": ProofState.VERIFIED, "expires_on": proof.issued_on},
    ):
        Proof.objects.filter(pk=proof.pk).update(**now)
        (one,) = ask(good.uscc).context["hindrances"]
        said.add(str(one))
    assert len(said) == 1
    Ban.objects.create(
        organisation=good,
        from_on=clock.today() - YESTERDAY,
        until_on=clock.today() + YESTERDAY,
        reason="串通投标",
        authority="民政局",
        banned_by=make_officer(),
        banned_at=clock.now(),
    )
    page = ask(good.uscc)
    assert "串通投标" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for _more in range(20):
        last = ask(good.uscc)
    assert last.context["form"].non_field_errors()
    assert "hindrances" not in last.context
