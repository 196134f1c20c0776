"""Who hangs together with whom."""

import pytest

from foundation.errors import Clash, DomainError, Forbidden
from foundation.organisations.models import MembershipRole
from foundation.organisations.operations import declare_relation, end_relation
from foundation.organisations.relations import clusters, related
from foundation.organisations.standing_models import RelatedParty
from tests.factories.organisations import join, make_officer, make_organisation, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


@pytest.fixture
def officer():
    return make_officer()


def bodies(many):
    return [make_organisation(name=name) for name in many]


def words(one, other):
    return [str(sentence) for sentence in related(one, other)]


def test_strangers_are_not_related():
    one, other = bodies("甲乙")
    member_of(one)
    member_of(other)
    assert words(one, other) == []
    assert clusters([one, other]) == []


def test_a_declared_relation_counts_both_ways(officer):
    one, other = bodies("甲乙")
    declare_relation(one, actor=officer, relation="controls", other=other)
    assert words(one, other) == words(other, one) == ["甲 controls 乙 (declared)."]


def test_the_same_person_acting_for_both_relates_them():
    one, other = bodies("甲乙")
    person = member_of(one, MembershipRole.REPRESENTATIVE, name="王芳")
    join(person, other)
    assert words(one, other) == ["王芳 acts for both."]


def test_a_plain_member_of_both_does_not_relate_them():
    one, other = bodies("甲乙")
    join(member_of(one, "member"), other, "member")
    assert words(one, other) == []


def test_two_bodies_of_the_same_declared_owner_are_related(officer):
    one, other = bodies("甲乙")
    for body in (one, other):
        declare_relation(body, actor=officer, relation="owner", person_name=" 李强 ")
    assert words(one, other) == ["Both are related to 李强 (declared)."]


def test_a_third_body_in_between_relates_two(officer):
    one, other, third = bodies("甲乙丙")
    declare_relation(third, actor=officer, relation="controls", other=one)
    declare_relation(third, actor=officer, relation="controls", other=other)
    assert words(one, other) == ["Both are related to the same third body (declared)."]


def test_clusters_are_chains_in_few_queries(officer, django_assert_num_queries):
    a, b, c, d, e = bodies("甲乙丙丁戊")
    declare_relation(a, actor=officer, relation="kin", other=b)
    join(member_of(b), c)
    with django_assert_num_queries(2):
        found = clusters([e, d, c, b, a])
    assert found == [frozenset({a.pk, b.pk, c.pk})]


def test_an_ended_relation_counts_no_longer(officer):
    one, other = bodies("甲乙")
    row = declare_relation(one, actor=officer, relation="controls", other=other)
    with pytest.raises(Forbidden):
        end_relation(row, actor=member_of(one))
    assert words(one, other) != []
    end_relation(row, actor=officer)
    assert words(one, other) == []


def test_a_relation_is_declared_once_to_one_of_two_and_not_to_itself(officer):
    one, other = bodies("甲乙")
    declare_relation(one, actor=officer, relation="controls", other=other)
    declare_relation(one, actor=officer, relation="owner", person_name="李强")
    for error, facts in (
        (Clash, {"relation": "controls", "other": other}),
        (Clash, {"relation": "owner", "person_name": "李强"}),
        (DomainError, {"relation": "kin"}),
        (DomainError, {"relation": "kin", "other": other, "person_name": "李强"}),
        (DomainError, {"relation": "kin", "other": one}),
    ):
        with pytest.raises(error):
            declare_relation(one, actor=officer, **facts)
    assert RelatedParty.objects.count() == 2
