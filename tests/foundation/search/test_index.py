"""The index finds what it holds on either database, and nothing after it was taken out."""

import pytest

from foundation.search import index
from foundation.search.index import Said
from foundation.search.models import Findable

pytestmark = pytest.mark.django_db

KINDS = ["call", "project"]


def found(query, kinds=KINDS):
    rows = dict(Findable.objects.values_list("pk", "key"))
    return sorted(rows[hit.id] for hit in index.look_up(query, kinds))


def test_words_of_both_languages_are_found_and_lost_again():
    index.put("project", {"1": Said("职工法律援助", "律师下沉园区"), "2": Said("法务", "援助法律")})
    index.put("call", {"3": Said("2026 call for Legal Aid", "")})
    assert found("法律援助") == ["1"]
    assert found("援助") == ["1", "2"]
    assert found("助") == ["1", "2"]
    assert found("律") == ["1", "2"]
    assert found("leg 2026") == ["3"]
    assert found("LEGAL") == ["3"]
    assert found("aid legal") == ["3"]
    assert found("egal") == []
    assert found("律师 法律") == ["1"]
    assert found("法律", ["call"]) == []
    assert found("kindproject") == []
    index.put("project", {"1": Said("技能比武", "")})
    assert found("法律") == ["2"]
    assert found("技能") == ["1"]
    index.keep("project", ["1", "2"], {"2": Said("法务", "")})
    assert (found("技能"), found("援助"), found("法务")) == ([], [], ["2"])


def test_a_title_counts_more_than_a_text():
    index.put("project", {"1": Said("别的", "暑托班"), "2": Said("暑托班", "别的")})
    ranks = {hit.id: hit.rank for hit in index.look_up("暑托班", KINDS)}
    keys = dict(Findable.objects.values_list("key", "pk"))
    assert ranks[keys["2"]] > ranks[keys["1"]]


@pytest.mark.parametrize(
    "query", ["'", '"', "a'b", "a & b", "NEAR(a)", "法 OR 律", "a:* !b", "\\", "%", "a\0b", "-- x"]
)
def test_hostile_queries_are_words_like_others(query):
    index.put("project", {"1": Said("职工法律援助", "")})
    assert found(query) == []
