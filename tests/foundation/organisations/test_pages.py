"""The pages of the room: who gets which, in how many queries, and what pressing does."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from foundation import clock
from foundation.organisations.models import Claim, Organisation, Union
from foundation.organisations.operations import claim_organisation, replace_representative
from foundation.organisations.queries import representative_of
from foundation.organisations.standing_models import Proof, RequiredProof
from tests.factories.organisations import (
    make_code,
    make_district,
    make_officer,
    make_organisation,
    make_person,
    make_proof,
    make_social,
    make_union,
    make_upload,
    member_of,
)

pytestmark = [pytest.mark.django_db]


def url(name, *args):
    with translation.override("en"):
        return reverse(f"organisations:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_public_list_shows_verified_ones_and_searches_name_and_code(client):
    one = make_social("浦东法律援助中心")
    other = make_social("社区养老服务社")
    make_social("还没核实", state="registered")
    page = text(client.get(url("organisations")))
    assert (one.name in page, other.name in page, "还没核实" in page) == (True, True, False)
    for query in ({"q": "法律"}, {"q": one.uscc[:16].lower()}):
        found = client.get(url("organisations"), query).context["page"].object_list
        assert list(found) == [one]


def test_the_public_list_is_filtered_by_kind_district_rating_and_state(client):
    here = make_district("310115005", "陆家嘴街道")
    best = make_organisation("social", "甲", district=here)
    good = make_organisation("affiliated", "乙")
    make_organisation("enterprise", "丙", state="suspended")
    make_proof(best, "rating", value="5A")
    make_proof(good, "rating", value="3A")

    def names(**query):
        page = client.get(url("organisations"), query).context["page"]
        return [body.name for body in page.object_list]

    assert names(kind="affiliated") == ["乙"]
    assert names(district="310115005") == ["甲"]
    assert sorted(names(rating="3A")) == ["乙", "甲"]
    assert names(rating="4A") == ["甲"]
    assert names(state="suspended") == ["丙"]
    assert names(q="没有的") == []


@pytest.mark.parametrize("name", ["organisations", "unions"])
def test_public_lists_cost_the_same_for_one_row_and_three(client, django_assert_num_queries, name):
    root = make_union()
    make_union(root)
    make_social()

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name)).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for _ in range(2):
        make_union(root)
        make_social()
    assert cost() == few <= 8


def test_the_export_is_what_one_sees_and_harmless_in_a_spreadsheet(client):
    make_organisation("social", "=甲()", uscc="52310115000000019N")
    make_organisation("social", "别的", state="registered")
    response = client.get(url("export"), {"q": "甲"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Name,Code,Kind,District,State,Founded on",
        "'=甲(),52310115000000019N,social organisation,,verified,",
    ]


def test_a_profile_shows_standing_and_what_is_proven(
    client, settings, django_assert_max_num_queries
):
    body = make_social("浦东法律援助中心")
    panels, settings.ORGANISATION_PANELS = settings.ORGANISATION_PANELS, []
    with django_assert_max_num_queries(5):  # the room's own; each panel above may ask one more
        page = text(client.get(url("organisation", body.pk)))
    settings.ORGANISATION_PANELS = panels
    with django_assert_max_num_queries(5 + len(panels)):
        client.get(url("organisation", body.pk))
    assert "In good standing" in page
    assert "4A" in page
    RequiredProof.objects.create(organisation_kind="social", proof_kind="rating")
    Proof.objects.filter(kind="rating").delete()
    page = text(client.get(url("organisation", body.pk)))
    assert "Not in good standing" in page
    assert "“rating” is missing" not in page
    client.force_login(make_person())
    assert "“rating” is missing" in text(client.get(url("organisation", body.pk)))


def test_an_unverified_organisation_is_not_there_for_strangers(client):
    body = make_social(state="registered")
    for name in ("organisation", "own"):
        client.force_login(make_person())
        assert client.get(url(name, body.pk)).status_code == 404
        client.force_login(representative_of(body))
        assert client.get(url(name, body.pk)).status_code == 200


def a_panel(organisation, person):
    from foundation.organisations.obligations import Panel

    return Panel("Record above", "components/notice.html", {})


def test_a_floor_above_shows_its_panel_by_its_name_in_the_settings(client, settings):
    settings.ORGANISATION_PANELS = [f"{__name__}.a_panel"]
    assert "Record above" in text(client.get(url("organisation", make_social().pk)))


def test_the_tree_is_walked_level_by_level_without_scripts(client):
    root = make_union(name="总工会")
    hub = make_union(root, "甲街道总工会")
    leaf = make_union(hub, "企业工会", "service")
    page = text(client.get(url("unions")))
    assert (hub.name in page, leaf.name in page) == (True, False)
    assert leaf.name in text(client.get(url("union", hub.pk)))
    assert leaf.name in text(client.get(url("unions"), {"q": "企业"}))


def test_a_strangers_desk_page_leads_to_the_public_one(client):
    body = make_social()
    client.force_login(make_person())
    assert client.get(url("own", body.pk)).url == url("organisation", body.pk)


PAGES = [
    ("desk", "all"),
    ("find", "all"),
    ("register_organisation", "all"),
    ("let_code_through", "officer"),
    ("import_unions", "officer"),
    ("requirements", "officer"),
    ("plant_federation", "officer"),
]


@pytest.mark.parametrize(("name", "who"), PAGES)
def test_who_opens_which_desk_page(client, name, who):
    assert client.get(url(name)).status_code == 302
    client.force_login(make_person())
    assert client.get(url(name)).status_code == (200 if who == "all" else 403)
    client.force_login(make_officer())
    assert client.get(url(name)).status_code == 200


ACTS = {
    "edit_profile": (200, 200, 403),
    "rename_organisation": (403, 200, 403),
    "suspend_organisation": (403, 200, 403),
    "dissolve_organisation": (403, 200, 403),
    "ban_organisation": (403, 200, 403),
    "state_proof": (200, 403, 403),
    "add_member": (200, 200, 403),
    "invite_member": (200, 200, 403),
    "replace_representative": (200, 403, 403),
    "declare_relation": (200, 200, 403),
    "move_union": (403, 200, 403),
    "claim_organisation": (200, 200, 200),
}


@pytest.mark.parametrize("name", ACTS)
def test_who_opens_which_act(client, name):
    body = make_social()
    answers = []
    for person in (representative_of(body), make_officer(), make_person()):
        client.force_login(person)
        answers.append(client.get(url(name, body.pk)).status_code)
    assert tuple(answers) == ACTS[name]


def test_registering_through_the_form_and_a_fault_beside_its_field(client):
    client.force_login(make_person())
    typed = {
        "kind": "social",
        "name": "浦东公益",
        "uscc": "52310115000000019R",
        "role": "representative",
        "issuer": "民政局",
        "issued_on": "2020-01-01",
        "certificate": make_upload(),
    }
    response = client.post(url("register_organisation"), typed)
    assert response.context["form"].errors == {
        "uscc": ["The last character does not fit the others: check for a typing slip."]
    }
    assert not Organisation.objects.exists()
    code = make_code()
    response = client.post(
        url("register_organisation"), {**typed, "uscc": code, "certificate": make_upload()}
    )
    body = Organisation.objects.get(uscc=code)
    assert response.url == url("own", body.pk)


def test_an_officer_works_off_the_queue(client):
    officer, claimer = make_officer(), make_person()
    claim = claim_organisation(make_organisation(), actor=claimer, document=make_upload())
    body = make_social(standing=False)
    proof = make_proof(body, "tax", state="stated", document=None)
    change = replace_representative(
        body,
        actor=representative_of(body),
        email=make_person().email,
        document=make_upload(),
    )
    client.force_login(officer)
    assert len(client.get(url("desk")).context["queue"]) == 3
    for name, row in (("claim", claim), ("proof", proof), ("replacement", change)):
        assert client.get(url(name, row.pk)).status_code == 200
    for name, row in (
        ("accept_claim", claim),
        ("verify_proof", proof),
        ("confirm_replacement", change),
    ):
        assert client.get(url(name, row.pk)).status_code == 405
        assert client.post(url(name, row.pk)).status_code == 302
        row.refresh_from_db()
    assert (claim.state, proof.state, change.state) == ("accepted", "verified", "accepted")
    assert len(client.get(url("desk")).context["queue"]) == 0


def test_the_queue_costs_the_same_for_one_row_and_three(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more():
        claim_organisation(make_organisation(), actor=make_person(), document=make_upload())
        make_proof(make_social(standing=False), "tax", state="stated")
        make_social(state="registered")

    def cost():
        client.force_login(make_officer())
        client.get(url("desk"))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("desk"))
        return len(queries)

    more()
    few = cost()
    more()
    more()
    assert cost() == few <= 12


def test_an_organisations_page_costs_the_same_for_few_and_many_people_and_proofs(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    body = make_social()
    client.force_login(representative_of(body))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("own", body.pk)).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for _ in range(3):
        member_of(body)
        make_proof(body, "tax")
    assert cost() == few <= 13


def test_a_claim_that_is_refused_needs_its_reason(client):
    claim = claim_organisation(make_organisation(), actor=make_person(), document=make_upload())
    client.force_login(make_officer())
    response = client.post(url("refuse_claim", claim.pk), {"reason": ""})
    assert response.context["form"].errors == {"reason": ["This field is required."]}
    assert Claim.objects.get().state == "open"


def test_looking_up_a_code_says_what_one_can_do(client):
    free, taken = make_organisation(), make_social()
    client.force_login(make_person())

    def page(code):
        return text(client.get(url("find"), {"code": code}))

    assert "nobody acts for it yet" in page(free.uscc)
    assert "Somebody acts for this organisation already" in page(taken.uscc)
    assert "nobody has registered it" in page(make_code())
    assert "A credit code has 18 characters." in page("123")


def test_a_file_is_tried_first_and_then_entered(client):
    make_union(name="总工会")
    client.force_login(make_officer())
    book = openpyxl.Workbook()
    book.active.append(["上级工会", "名称", "类型", "职工数"])
    book.active.append(["总工会", "甲街道总工会", "枢纽型", 1200])
    book.active.append(["总工会", "乙街道总工会", "枢纽型", "很多"])
    book.active.append(["总工会", "丙", "皇家型", 1])
    out = io.BytesIO()
    book.save(out)

    def send(**also):
        return client.post(
            url("import_unions"), {"file": make_upload("unions.xlsx", out.getvalue()), **also}
        )

    tried = send(preview="on")
    assert Union.objects.count() == 1
    entered = send()
    assert [node.organisation.name for node in Union.objects.order_by("path")] == [
        "总工会",
        "甲街道总工会",
    ]
    for response in (tried, entered):
        assert [(row.line, row.reason) for row in response.context["refused"]] == [
            (3, "“很多” is not a number of workers."),
            (4, "There is no such type of union body."),
        ]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", b"not a workbook"),
        ("a.csv", b"\xff\xfe\x00\x00"),
        ("a.csv", b""),
        ("a.csv", "谁,什么\n1,2".encode()),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_a_sentence(client, name, body):
    make_union(name="总工会")
    client.force_login(make_officer())
    response = client.post(url("import_unions"), {"file": make_upload(name, body)})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["file"]


def test_documents_of_a_claim_are_read_by_its_person_and_officers_only(client):
    claim = claim_organisation(make_organisation(), actor=make_person(), document=make_upload())
    with translation.override("en"):
        path = reverse("documents:document", args=[claim.document.uuid])
    answers = []
    for person in (claim.person, make_officer(), make_person()):
        client.force_login(person)
        answers.append(client.get(path).status_code)
    assert answers == [200, 200, 404]


def test_leaving_an_unverified_organisation_leads_to_ones_own_desk(client):
    body = make_social(state="registered")
    person = member_of(body)
    client.force_login(person)
    place = body.memberships.get(person=person)
    assert client.post(url("end_membership", place.pk)).url == url("desk")
    place.refresh_from_db()
    assert place.ended_at is not None


def test_a_member_sees_the_page_with_lights(client):
    body = make_social(standing=False)
    make_proof(body, "tax", expires_on=clock.today() + dt.timedelta(days=10))
    client.force_login(member_of(body, "member"))
    page = text(client.get(url("own", body.pk)))
    assert "runs out soon" in page
    assert "Hand in a proof" not in page
