"""What experts know: stated by themselves, confirmed by an officer, and what sharing goes by."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.calls.models import Call
from bidding.evaluation.models import Expertise
from bidding.evaluation.operations import begin_scoring, change_expertise, state_expertise
from bidding.evaluation.queries import experts_visible_to
from bidding.evaluation.waiting import looks_for
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from foundation.people.models import Role
from foundation.waiting import find
from tests.factories.evaluation import make_expert, make_panel, make_screened_call, seat_all
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import make_category

pytestmark = pytest.mark.django_db


def levels_of(expert):
    return {
        row.category_id: (row.level, row.stated_level)
        for row in Expertise.objects.filter(expert=expert)
    }


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def expert():
    make_category()
    make_category("life-care", "生活关爱")
    return make_expert()


def test_what_an_expert_states_counts_when_an_officer_has_confirmed_it(expert):
    officer = make_officer()
    url = reverse("evaluation:state_expertise", args=[expert.pk])
    client = enter(expert.person)
    names = {field.label: field.html_name for field in client.get(url).context["form"]}
    sent = client.post(url, {names["法律援助"]: "3", names["生活关爱"]: "1"})
    assert sent.url == reverse("evaluation:expert", args=[expert.pk])
    assert levels_of(expert) == {"legal-aid": (None, 3), "life-care": (None, 1)}
    told = Notification.objects.filter(kind="expertise_stated", person=officer)
    assert told.count() == 1
    assert [row.url for row in find(looks_for(officer))] == [sent.url]
    assert "带头人" in enter(officer).get(sent.url).content.decode()
    url = reverse("evaluation:change_expertise", args=[expert.pk])
    page = enter(officer).get(url).context["form"]
    assert page[names["法律援助"]].initial == 3
    facts = {"field_of_work": "法律", names["法律援助"]: "2", names["生活关爱"]: ""}
    enter(officer).post(url, facts)
    assert levels_of(expert) == {"legal-aid": (2, None)}
    row = Expertise.objects.get()
    assert (row.confirmed_by, row.confirmed_at is not None) == (officer, True)
    assert find(looks_for(officer)) == []
    assert Notification.objects.get(kind="expertise_confirmed").person == expert.person


def test_stating_what_stands_waits_for_nobody_and_less_can_be_stated_too(expert):
    officer = make_officer()
    change_expertise(
        expert, field_of_work="法律", levels={"legal-aid": 2, "life-care": 1}, actor=officer
    )
    state_expertise(expert, levels={"legal-aid": 2, "life-care": 1}, actor=expert.person)
    assert levels_of(expert) == {"legal-aid": (2, None), "life-care": (1, None)}
    assert not Notification.objects.filter(kind="expertise_stated").exists()
    state_expertise(expert, levels={"legal-aid": 3}, actor=expert.person)
    assert levels_of(expert) == {"legal-aid": (2, 3), "life-care": (1, 0)}
    page = enter(officer).get(reverse("evaluation:experts")).content.decode()
    assert "不再熟悉" in page
    state_expertise(expert, levels={"legal-aid": 2, "life-care": 1}, actor=expert.person)
    assert levels_of(expert) == {"legal-aid": (2, None), "life-care": (1, None)}


def test_nobody_else_states_or_confirms_it_and_what_is_no_level_is_refused(expert):
    officer = make_officer()
    for person in (make_person(), make_expert().person, make_officer(Role.AUDITOR), officer):
        with pytest.raises(Forbidden):
            state_expertise(expert, levels={"legal-aid": 1}, actor=person)
    with pytest.raises(Forbidden):
        change_expertise(expert, field_of_work="x", levels={"legal-aid": 1}, actor=expert.person)
    for wrong in ({"legal-aid": 4}, {"gardening": 1}):
        with pytest.raises(DomainError):
            change_expertise(expert, field_of_work="x", levels=wrong, actor=officer)
        with pytest.raises(DomainError):
            state_expertise(expert, levels=wrong, actor=expert.person)
    assert levels_of(expert) == {}
    assert list(experts_visible_to(make_person())) == []


def test_proposals_are_shared_out_by_the_levels_that_were_confirmed():
    call = make_screened_call(3)
    Call.objects.filter(pk=call.pk).update(judges_drawn=4)
    panel, officer = make_panel(call, experts=4), make_officer()
    seats = list(panel.seats.select_related("expert__person").order_by("position"))
    for seat, level in zip(seats, (3, 3, 2, 1), strict=True):
        levels = {"legal-aid": level}
        change_expertise(seat.expert, field_of_work="法律", levels=levels, actor=officer)
    state_expertise(seats[3].expert, levels={"legal-aid": 3}, actor=seats[3].expert.person)
    seat_all(panel)
    panel = begin_scoring(panel, actor=officer)
    loads = panel.assignment["load"]
    # nine judgings for four judges: who knows most takes the odd one, the stated level counts not
    assert sorted(loads.values()) == [2, 2, 2, 3]
    assert loads["1"] + loads["2"] == 5
    least, most = 3 * 5 + 2 * 2 + 1 * 2, panel.assignment["best_total"]
    assert most == least
