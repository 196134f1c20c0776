"""The trail's pages: for auditors and administrators, in words, as quick when it is long."""

import re

import pytest
from django.db import transaction
from django.template import engines
from django.utils.translation import override

from foundation.audit.models import Entry
from foundation.audit.operations import record
from foundation.people.operations import appoint_person
from foundation.permissions import SYSTEM
from foundation.seals.operations import seal
from tests.factories.organisations import make_social
from tests.factories.people import administrator, auditor, officer, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    someone = auditor()
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("path", ["/desk/trail/", "/desk/trail/seals/", "/desk/trail/seals.csv"])
def test_who_may_read(client, path):
    assert client.get(path).status_code == 302
    for someone, status in ((officer(), 403), (person(), 403), (auditor(), 200)):
        client.force_login(someone)
        assert client.get(path).status_code == status


def test_an_act_is_said_in_words(client, reader):
    boss, someone = administrator(name="赵主任"), person(name="钱新")
    appoint_person(someone, role="officer", actor=boss)
    page = client.get("/en/desk/trail/").content.decode()
    assert "Give a person a post on the platform" in page
    assert "赵主任" in page
    assert "钱新" in page


def test_it_is_found_by_who_what_and_when(client, reader):
    boss, someone = administrator(name="赵主任"), person(name="钱新")
    appoint_person(someone, role="officer", actor=boss)
    with transaction.atomic():
        record(reader, "read_trail", reader)

    def rows(**query):
        return len(re.findall(r"<tr>\s*<td\b", client.get("/desk/trail/", query).content.decode()))

    assert rows() == 2
    assert rows(q="钱新") == rows(q="赵主任") == rows(q=boss.email) == 1
    assert rows(action="appoint_person") == 1
    assert rows(subject_type="foundation.organisation") == 0
    assert rows(since="2000-01-01", until="2000-12-31") == 0
    assert rows(since="2000-01-01") == 2
    assert rows(since="nonsense") == 2


def test_a_long_trail_is_read_page_by_page_without_counting(
    client, reader, django_assert_max_num_queries
):
    with transaction.atomic():
        for number in range(120):
            record(reader, "change_profile", reader, number=number)
    seen, path = [], "/desk/trail/?q="
    for _page in range(3):
        with django_assert_max_num_queries(8) as queries:
            answer = client.get(path)
        assert not any("COUNT" in one["sql"] and "entry" in one["sql"] for one in queries)
        seen += [entry.pk for entry in answer.context["entries"]]
        path = f"/desk/trail/{answer.context['older']}"
    assert seen == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
    assert answer.context["older"] == ""
    assert client.get("/desk/trail/?before=nonsense").status_code == 200


def test_the_seals_can_be_kept_elsewhere(client, reader):
    with transaction.atomic():
        record(reader, "change_profile", reader)
    block = seal("trail")
    body = b"".join(client.get("/desk/trail/seals.csv").streaming_content).decode()
    lines = body.splitlines()
    assert lines[0] == "chain,number,first_row,last_row,rows,previous_sha256,sha256,sealed_at"
    assert lines[1].startswith(f"trail,1,1,{block.last_row},1,{'0' * 64},{block.sha256},")
    assert block.sha256 in client.get("/desk/trail/seals/").content.decode()


def test_a_long_history_folds_all_but_its_newest_steps():
    organisation = make_social()
    for number in range(11):
        with transaction.atomic():
            record(SYSTEM, "rename_organisation", organisation, name=f"第{number}个名字")
    shown = engines["django"].from_string("{% history subject %}")
    with override("zh-hans"):
        page = shown.render({"subject": organisation})
    newest, _fold, older = page.partition("<details")
    assert newest.count("<li") == 8
    assert (
        older.count("<li")
        == Entry.objects.filter(
            subject_id=str(organisation.pk), subject_type="foundation.organisation"
        ).count()
        - 8
    )
    assert "更早" in older
