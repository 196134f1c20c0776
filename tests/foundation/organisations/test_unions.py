"""The union tree: planting, importing, moving, merging."""

import pytest

from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.organisations.models import Membership, Organisation, Union
from foundation.organisations.operations import (
    dissolve_organisation,
    import_unions,
    merge_unions,
    move_union,
    plant_union,
)
from foundation.organisations.queries import (
    buyers,
    buyers_of,
    federation,
    memberships_of,
    unions_under,
)
from foundation.organisations.sheets import UnionRow
from tests.factories.organisations import (
    join,
    make_code,
    make_district,
    make_officer,
    make_person,
    make_social,
    make_union,
    member_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


def plant(parent, name, union_type="hub", **facts):
    return plant_union(parent, actor=make_officer(), name=name, union_type=union_type, **facts)


def names_under(body, **also):
    return [node.organisation.name for node in unions_under(body, **also).order_by("path")]


def sound():
    """The tree has nothing treebeard would complain about."""
    return [problem for problem in Union.find_problems() if problem]


def test_a_federation_then_bodies_under_it():
    root = plant(None, "浦东新区总工会", "coordinating", uscc=make_code("union"))
    hub = plant(root, "陆家嘴街道总工会", workers=3000)
    plant(hub, "某企业工会", "service")
    assert federation() == root
    assert names_under(root) == ["浦东新区总工会", "陆家嘴街道总工会", "某企业工会"]
    assert names_under(hub, itself=False) == ["某企业工会"]
    assert hub.state == "verified"
    assert (hub.uscc, hub.union.workers) == (None, 3000)
    assert sound() == []


def test_there_is_one_federation_and_only_it_is_coordinating():
    root = plant(None, "总工会", "coordinating")
    with pytest.raises(Clash, match="federation already"):
        plant(None, "另一个", "coordinating")
    with pytest.raises(DomainError, match="coordinating"):
        plant(root, "另一个", "coordinating")
    assert Union.objects.count() == 1


def test_codes_and_names_are_checked():
    root = plant(None, "总工会", "coordinating")
    code = make_code("union")
    plant(root, "甲", uscc=code)
    with pytest.raises(DomainError, match="another kind") as refusal:
        plant(root, "乙", uscc=make_code("social"))
    assert refusal.value.field == "uscc"
    with pytest.raises(Clash, match="registered already"):
        plant(root, "乙", uscc=code)
    with pytest.raises(Clash, match="of this name"):
        plant(root, "甲")
    assert Organisation.objects.count() == 2


def test_only_officers_plant_and_only_under_unions():
    root = make_union()
    with pytest.raises(Forbidden):
        plant_union(root, actor=member_of(root), name="甲", union_type="hub")
    with pytest.raises(WrongState, match="not a union body"):
        plant(make_social(), "甲")
    assert Union.objects.count() == 1


def rows(*many):
    return [
        UnionRow(line=number, **{"union_type": "hub", **row})
        for number, row in enumerate(many, start=2)
    ]


MANY = (
    {"parent": "总工会", "name": "甲街道总工会", "district": "310115005", "workers": 10},
    {"parent": "甲街道总工会", "name": "企业工会", "union_type": "service"},
    {"parent": "没有的工会", "name": "乙"},
    {"parent": "总工会", "name": "丙", "union_type": "royal"},
    {"parent": "总工会", "name": "丁", "code": "81310115000000019R"},
    {"parent": "总工会", "name": "戊", "district": "火星"},
    {"parent": "总工会", "name": "甲街道总工会"},
    {"parent": "", "name": "己"},
)
REASONS = [
    (4, "乙", "There is no union body “没有的工会”."),
    (5, "丙", "There is no such type of union body."),
    (6, "丁", "The last character does not fit the others: check for a typing slip."),
    (7, "戊", "There is no district “火星”."),
    (8, "甲街道总工会", "There is a body of this name in this place already."),
    (9, "己", "The row does not say which body it is under."),
]


def test_good_rows_get_in_and_every_other_is_reported_with_its_reason():
    root = make_union(name="总工会")
    make_district("310115005")
    report = import_unions(actor=make_officer(), rows=rows(*MANY))
    assert [body.name for body in report.planted] == ["甲街道总工会", "企业工会"]
    assert [(row.line, row.name, row.reason) for row in report.refused] == REASONS
    assert names_under(root, itself=False) == ["甲街道总工会", "企业工会"]
    assert Entry.objects.filter(action="import_unions").count() == 2
    assert sound() == []


def test_a_preview_reports_the_same_and_enters_nothing():
    root = make_union(name="总工会")
    make_district("310115005")
    report = import_unions(actor=make_officer(), rows=rows(*MANY), preview=True)
    assert len(report.planted) == 2
    assert [(row.line, row.name, row.reason) for row in report.refused] == REASONS
    assert names_under(root, itself=False) == []
    assert not Entry.objects.exists()


def test_a_parent_of_an_ambiguous_name_has_to_be_named_by_code():
    root = make_union(name="总工会")
    one, other = make_union(root, "甲"), make_union(root, "乙")
    make_union(one, "企业工会")
    code = make_union(other, "企业工会").uscc
    report = import_unions(
        actor=make_officer(),
        rows=rows({"parent": "企业工会", "name": "丙"}, {"parent": code, "name": "丁"}),
    )
    assert [row.reason for row in report.refused] == [
        "Several union bodies are called “企业工会”: give the code."
    ]
    assert [body.name for body in report.planted] == ["丁"]


def test_a_body_moves_with_all_below_it():
    root = make_union(name="总工会")
    one, other = make_union(root, "甲"), make_union(root, "乙")
    leaf = make_union(one, "甲一")
    move_union(one, actor=make_officer(), to=other, reason="Reform")
    assert names_under(other, itself=False) == ["甲", "甲一"]
    assert Union.objects.get(organisation=leaf).depth == 4
    assert sound() == []


def test_moves_that_cannot_be_are_refused_and_change_nothing():
    root = make_union(name="总工会")
    one = make_union(root, "甲")
    leaf = make_union(one, "甲一")
    for body, to, words in (
        (one, leaf, "under itself"),
        (one, one, "under itself"),
        (one, root, "there already"),
        (root, one, "under itself"),
        (one, make_social(), "exists"),
    ):
        with pytest.raises(DomainError, match=words):
            move_union(body, actor=make_officer(), to=to, reason="x")
    assert names_under(root) == ["总工会", "甲", "甲一"]
    assert sound() == []


def test_a_merger_moves_bodies_people_and_workers():
    root = make_union(name="总工会")
    one, other = make_union(root, "甲", workers=100), make_union(root, "乙", workers=200)
    make_union(one, "甲一")
    make_union(one, "甲二")
    head, manager = member_of(one, "representative"), member_of(one)
    both = join(member_of(one, "finance"), other, "member")
    there = member_of(other, "representative")
    merge_unions(one, actor=make_officer(), to=other, reason="Reform")
    one.refresh_from_db()
    assert (one.state, one.successor) == ("dissolved", other)
    assert names_under(other, itself=False) == ["甲一", "甲二"]
    assert {row.person: row.role for row in memberships_of(other)} == {
        head: "manager",
        manager: "manager",
        both: "member",
        there: "representative",
    }
    assert not Membership.objects.filter(organisation=one, ended_at=None).exists()
    assert Union.objects.get(organisation=other).workers == 300
    assert sound() == []


def test_a_body_does_not_merge_into_one_below_it_nor_twice():
    root = make_union(name="总工会")
    one, other = make_union(root, "甲"), make_union(root, "乙")
    leaf, officer = make_union(one, "甲一"), make_officer()
    with pytest.raises(DomainError, match="under itself"):
        merge_unions(one, actor=officer, to=leaf, reason="x")
    with pytest.raises(DomainError, match=r"under itself|federation itself"):
        merge_unions(root, actor=officer, to=one, reason="x")
    merge_unions(one, actor=officer, to=other, reason="x")
    with pytest.raises(WrongState):
        merge_unions(one, actor=officer, to=root, reason="x")
    with pytest.raises(DomainError, match="exists"):
        merge_unions(other, actor=officer, to=one, reason="x")


def test_a_leaf_is_dissolved_and_leaves_the_lists():
    root = make_union()
    leaf = make_union(root)
    assert leaf in buyers()
    dissolve_organisation(leaf, actor=make_officer(), reason="Closed")
    assert leaf not in buyers()


def test_who_buys_for_which_union():
    root = make_union()
    leaf = make_union(root)
    buyer = member_of(leaf)
    assert list(buyers_of(buyer)) == [leaf]
    assert list(buyers_of(member_of(leaf, "finance"))) == []
    assert list(buyers_of(member_of(make_social()))) == []
    assert list(buyers_of(make_person())) == []
