"""Standing: one answer, with every reason why not."""

import datetime as dt

import pytest

from foundation import clock
from foundation.organisations.queries import standing_of, standings_of
from foundation.organisations.standing_models import Ban, ProofKind, RequiredProof
from foundation.organisations.states import OrganisationState, ProofState
from tests.factories.organisations import (
    make_officer,
    make_organisation,
    make_proof,
    make_social,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _world():
    RequiredProof.objects.all().delete()
    RequiredProof.objects.create(organisation_kind="social", proof_kind="registration")
    RequiredProof.objects.create(organisation_kind="social", proof_kind="annual_check")
    with clock.at(dt.datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)):
        yield


def sentences(organisation, on=None):
    return [str(reason) for reason in standing_of(organisation, on).reasons]


def test_a_factory_made_social_organisation_is_allowed():
    standing = standing_of(make_social())
    assert (standing.allowed, standing.reasons, standing.rating) == (True, [], "4A")


def test_every_missing_proof_is_named(en):
    assert sentences(make_organisation()) == [
        "“annual check” is missing.",
        "“registration certificate” is missing.",
    ]


def test_a_stated_proof_does_not_count_until_checked(en):
    organisation = make_organisation()
    make_proof(organisation, "registration")
    make_proof(organisation, "annual_check", state=ProofState.STATED)
    assert sentences(organisation) == ["“annual check” has been stated but not checked yet."]


def test_a_proof_counts_on_its_last_day_and_not_after(en):
    organisation = make_organisation()
    make_proof(organisation, "registration")
    make_proof(organisation, "annual_check", expires_on=TODAY)
    assert sentences(organisation, TODAY) == []
    assert sentences(organisation, TODAY + dt.timedelta(days=1)) == [
        "“annual check” ran out on 2 March 2026."
    ]


def test_a_kind_without_requirements_needs_no_proof():
    assert standing_of(make_organisation("enterprise")).allowed


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (OrganisationState.REGISTERED, "Its registration has not been verified yet."),
        (OrganisationState.SUSPENDED, "It is suspended."),
        (OrganisationState.DISSOLVED, "It has been dissolved."),
    ],
)
def test_only_a_verified_organisation_stands(en, state, sentence):
    assert sentences(make_organisation("enterprise", state=state)) == [sentence]


def make_ban(organisation, **fields):
    return Ban.objects.create(
        organisation=organisation,
        from_on=TODAY,
        reason="false invoices",
        authority="Civil Affairs",
        banned_by=make_officer(),
        banned_at=clock.now(),
        **fields,
    )


def test_a_ban_forbids_from_its_first_to_its_last_day(en):
    organisation = make_organisation("enterprise")
    make_ban(organisation, until_on=TODAY + dt.timedelta(days=9))
    day = dt.timedelta(days=1)
    assert sentences(organisation, TODAY - day) == []
    assert sentences(organisation, TODAY) == [
        "It is banned until 11 March 2026 by Civil Affairs: false invoices."
    ]
    assert len(sentences(organisation, TODAY + 9 * day)) == 1
    assert sentences(organisation, TODAY + 10 * day) == []


def test_a_lifted_ban_forbids_only_until_it_was_lifted():
    organisation = make_organisation("enterprise")
    ban = make_ban(organisation)
    officer = make_officer()
    ban.lifted_at, ban.lifted_by, ban.lifted_reason = clock.now(), officer, "a mistake"
    ban.save()
    assert standing_of(organisation, TODAY).allowed


def test_an_expired_rating_is_no_rating():
    organisation = make_organisation("enterprise")
    make_proof(organisation, ProofKind.RATING, value="5A", expires_on=TODAY - dt.timedelta(days=1))
    make_proof(organisation, ProofKind.RATING, value="3A")
    assert standing_of(organisation).rating == "3A"


def test_many_standings_cost_three_queries(django_assert_num_queries):
    bodies = [make_social() for _ in range(3)]
    with django_assert_num_queries(3):
        assert all(standing.allowed for standing in standings_of(bodies).values())
