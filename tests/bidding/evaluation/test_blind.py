"""Judging without names: no door a judge has tells whose a proposal is."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import secrets
from contextlib import suppress

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from bidding.calls.models import Call, Stage
from bidding.evaluation.blind_models import BlindCopy, HiddenWord
from bidding.evaluation.discussion_models import Discussed
from bidding.evaluation.models import Conflict, Expert, Panel, Sheet
from bidding.evaluation.operations import (
    announce_roadshow,
    begin_scoring,
    draw_panel,
    hide_word,
    judge_anew,
    leave_seat,
    name_substitute,
    open_discussion,
    rank_proposals,
    show_word,
    take_seat,
)
from bidding.evaluation.queries import named_in, own_sheets, proposals_to_judge
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import attach_document, edit_proposal, submit_proposal
from bidding.proposals.partners import (
    ask_partner,
    confirm_partner,
)
from bidding.proposals.redaction import HIDDEN
from foundation import clock
from foundation.errors import DomainError, WrongState
from foundation.notifications.models import Notification, Outgoing
from foundation.organisations.operations import rename_organisation
from foundation.people.models import Appointment, Person, Role
from foundation.permissions import SYSTEM
from tests.factories.evaluation import (
    admit_all,
    fill_all,
    make_expert,
    make_panel,
    make_roadshow,
    seat_all,
)
from tests.factories.organisations import make_officer, make_social
from tests.factories.proposals import (
    after_closing,
    bidder_of,
    make_open_call,
    make_ready,
    section_values,
)
from tests.house.matrix import PLAIN, SPECIMENS, addresses
from tests.scenes import scene

pytestmark = pytest.mark.django_db
BLIND = {"blind": True, "blind_reason": "申报单位彼此熟识"}
NAMES = ("上海市浦东新区晨曦社会工作服务中心", "浦东青禾公益促进会")
SHORT = ("晨曦", "青禾")
PLANS = ("午间读书角每周开放", "码头夜谈月月举行")
PHONE, LETTER = "138-1234-5678", "chenxi@example.test"
TEAM = ("欧阳静怡", "司徒明远")
FORMER, PARTNER, FILE = "旧名归雁服务社", "上海市浦东新区望舒志愿服务社", "晨曦章程.txt"


def _write(call, at):
    """A proposal whose writer could not keep from naming itself."""
    body = make_social(NAMES[at] if at else FORMER, contact_phone="021-58881234")
    if not at:
        rename_organisation(body, name=NAMES[0], reason="更名", actor=make_officer(Role.OFFICER))
    proposal, bidder = make_ready(call, body, title=f"{SHORT[at]}陪伴计划"), bidder_of(body)
    said = f"{PLANS[at]}。{NAMES[at]}（{SHORT[at]}社工）承办；电话{PHONE}，{LETTER}"
    others = ("", f"原{FORMER}，{PARTNER}协助")[1 - at]
    for section, values in (
        ("plan", {"plan": said, "risks": f"{SHORT[at]} 中 心有预案{others}"}),
        ("team", {"team": [{"name": TEAM[at], "duty": "总干事", "certificate": "社工证2020310"}]}),
    ):
        proposal = edit_proposal(
            proposal,
            section=section,
            values=section_values(proposal, section, **values),
            revision=proposal.revision,
            actor=bidder,
        )
    if not at:
        partner = ask_partner(
            proposal, organisation=make_social(PARTNER), task="场地", actor=bidder
        )
        confirm_partner(partner, actor=bidder_of(partner.organisation))
        upload = SimpleUploadedFile(FILE, "章程".encode())
        attach_document(proposal, upload=upload, label=f"{SHORT[0]}章程", actor=bidder)
    submit_proposal(proposal, actor=bidder)


@scene
def opened():
    call = make_open_call(**BLIND)
    for at in (0, 1):
        _write(call, at)
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
        admit_all(call)
    return Call.objects.get(pk=call.pk)


@scene
def panel(opened):
    drawn = make_panel(opened, experts=3)
    seat_all(drawn)
    return begin_scoring(drawn, actor=make_officer())


def enter(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def every_address():
    """Every address of the house with every row of the kind it names, up to six."""
    for name, route, parameters in addresses():
        choices = []
        for parameter in parameters:
            before = re.sub(r"<[^>]+>/", "", re.split(rf"<(?:\w+:)?{parameter}>", route)[0])
            known = [prefix for prefix in SPECIMENS if before.endswith(prefix)]
            if parameter in PLAIN or not known:
                choices.append([PLAIN.get(parameter, 1)])
                continue
            app, label, *column = SPECIMENS[max(known, key=len)].split(".")
            rows = apps.get_model(app, label)._default_manager.order_by("-pk")[:6]
            choices.append([getattr(row, column[0] if column else "pk") for row in rows])
        for given in itertools.product(*choices):
            with suppress(NoReverseMatch):
                yield reverse(name, args=given)


def test_no_door_a_judge_has_tells_whose_a_proposal_is(panel):
    judge = panel.seats.all()[0].expert.person
    bodies = list(named_in(panel.call))
    members = Person.objects.filter(memberships__organisation__in=bodies)
    whose = [*NAMES, *SHORT, FORMER, "望舒", *TEAM, PHONE, LETTER, "58881234", FILE, "晨曦章程"]
    whose += [body.uscc for body in bodies]
    whose += [word for one in members for word in (one.name, one.email)]
    proposals = list(Proposal.objects.filter(call=panel.call))
    receipts = [row for one in proposals for row in one.submissions.all()]
    which = [word for row in receipts for word in (row.receipt, row.sha256)]
    which += [f"/proposals/{one.pk}/" for one in proposals]
    which += [str(row.document.uuid) for one in proposals for row in one.attachments.all()]
    client, read, named = enter(judge), 0, 0
    with translation.override("zh-hans"):
        urls = sorted(set(every_address()))
    assert len(urls) > 250
    assert f"/desk/proposals/{proposals[0].pk}/paper/" in urls
    assert any(which[-1] in url for url in urls)
    for url in urls:
        answer = client.get(url)
        text = f"{b''.join(answer).decode(errors='replace')} {answer.headers}"
        about_one = [word for word in (*PLANS, "陪伴计划") if word in text]
        if about_one:
            read += 1
            assert [word for word in (*whose, *which) if word in text] == [], url
        if any(name in text for name in NAMES):
            named += 1  # who bids is public; what they wrote stands nowhere beside it
            assert not about_one, url
    sheets = own_sheets(judge)
    assert read == 2 + len(sheets)  # the bench, each sheet, and to say that one is bound to one
    assert named >= 2  # the receipts and the profiles, which everybody reads
    told = f"{list(Notification.objects.filter(person=judge).values())}"
    letters = Outgoing.objects.filter(notification__person=judge)
    told += f"{list(letters.values())}"
    assert told.count("seat_offered") >= 1
    assert [word for word in (*whose, *PLANS) if word in told] == []
    assert list(proposals_to_judge(judge)) == []


def test_a_judge_reads_everything_else_and_scores(panel):
    sheet = own_sheets(panel.seats.all()[0].expert.person)[0]
    client = enter(sheet.seat.expert.person)
    url = reverse("evaluation:score_proposal", args=[sheet.pk])
    text = client.get(url).content.decode()
    at = PLANS.index(next(plan for plan in PLANS if plan in text))
    assert HIDDEN in text
    assert f"第 {sheet.proposal.blind_copy.number} 号 · {HIDDEN}陪伴计划" in " ".join(text.split())
    assert "总干事" in text
    assert "讲座" in text
    assert ("1 个附件" in text) == (at == 0)
    assert "律师执业证" in text
    fields = {f"c{row.pk}": "80" for row in panel.call.criteria.all()}
    assert client.post(url, {**fields, "comment": "好", "final": "1"}).status_code == 302
    assert Sheet.objects.get(pk=sheet.pk).state == "final"


def test_the_numbers_are_drawn_and_nothing_stands_in_the_order_of_receipts(opened, monkeypatch):
    monkeypatch.setattr(secrets.SystemRandom, "shuffle", lambda self, rows: rows.sort(reverse=True))
    panel = make_panel(opened, experts=3)
    seat_all(panel)
    begin_scoring(panel, actor=make_officer())
    copies = BlindCopy.objects.order_by("-proposal").values_list("number", flat=True)
    assert list(copies) == [1, 2]
    for seat in panel.seats.all():
        by_pk = Sheet.objects.filter(seat=seat).order_by("pk")
        numbers = [sheet.proposal.blind_copy.number for sheet in by_pk]
        mine = [sheet.proposal.blind_copy.number for sheet in own_sheets(seat.expert.person)]
        assert numbers == mine == [1, 2]


def test_names_are_shown_when_the_ranking_stands(panel):
    fill_all(panel)
    judge = panel.seats.all()[0].expert.person
    sheet, client = own_sheets(judge)[0], enter(judge)
    url = reverse("evaluation:score_proposal", args=[sheet.pk])
    assert sheet.proposal.organisation.name not in client.get(url).content.decode()
    rank_proposals(Call.objects.get(pk=panel.call_id), actor=make_officer())
    text = client.get(url).content.decode()
    assert sheet.proposal.organisation.name in text
    assert sheet.proposal.title in text
    assert proposals_to_judge(judge).count() == 2


def test_a_roadshow_is_announced_when_the_paper_is_final_and_ends_the_hiding(opened):
    opened.criteria.filter(position=3).update(stage=Stage.ROADSHOW)
    panel = make_panel(opened, experts=3)
    seat_all(panel)
    panel = begin_scoring(panel, actor=make_officer())
    with pytest.raises(WrongState, match="6"):
        make_roadshow(panel)
    roadshow = panel.call.roadshows.get()
    judge = panel.seats.all()[0].expert.person
    assert all(sheet.hidden for sheet in own_sheets(judge))
    fill_all(panel)
    announce_roadshow(roadshow, actor=make_officer())
    assert not any(sheet.hidden for sheet in own_sheets(judge))
    text = enter(judge).get(reverse("evaluation:stage", args=[roadshow.pk])).content.decode()
    assert NAMES[0] in text


def test_what_is_discussed_is_known_by_numbers_and_tells_no_more(panel):
    fill_all(panel)
    Call.objects.filter(pk=panel.call_id).update(discussion_points=99)
    proposals = list(Proposal.objects.filter(call=panel.call).values_list("pk", flat=True))
    open_discussion(
        Panel.objects.get(pk=panel.pk),
        closes_at=clock.now() + dt.timedelta(days=60),
        proposals=proposals,
        reason="分歧较大",
        actor=make_officer(),
    )
    items = list(Discussed.objects.order_by("pk").select_related("proposal__blind_copy"))
    assert [item.proposal.blind_copy.number for item in items] == [1, 2]
    client = enter(panel.seats.all()[0].expert.person)
    urls = [reverse("evaluation:bench"), *(item.get_absolute_url() for item in items)]
    urls += [reverse("evaluation:revise_sheet", args=[item.pk]) for item in items]
    for url in urls:
        text = client.get(url).content.decode()
        assert "陪伴计划" in text
        assert [word for word in (*NAMES, *SHORT, *TEAM) if word in text] == [], url


def test_a_judge_declares_by_organisation_and_never_learns_which_is_whose(opened):
    panel = make_panel(opened, experts=3)
    seat = panel.seats.all()[0]
    client, url = enter(seat.expert.person), reverse("evaluation:take_seat", args=[seat.pk])
    text = client.get(url).content.decode()
    assert [name for name in (*NAMES, PARTNER) if name not in text] == []
    assert "陪伴计划" not in text
    partner = next(body for body in named_in(opened) if body.name == PARTNER)
    sent = client.post(url, {f"o{partner.pk}": "我曾任理事", "honest": "on"})
    assert sent.url == reverse("evaluation:bench")
    barred = Conflict.objects.get(seat=seat)
    assert (barred.proposal.organisation.name, barred.reason) == (NAMES[0], "我曾任理事")


def test_who_recognises_one_says_so_by_its_number_and_judging_anew_draws_other_numbers(
    panel, monkeypatch
):
    seat = panel.seats.all()[0]
    client, sheet = enter(seat.expert.person), own_sheets(seat.expert.person)[0]
    page = client.get(reverse("evaluation:score_proposal", args=[sheet.pk])).content.decode()
    url = reverse("evaluation:declare_conflict", args=[seat.pk])
    number = sheet.proposal.blind_copy.number
    assert f'"{url}?proposal={number}"' in page
    sent = client.post(url, {"proposal": sheet.proposal_id + 7, "reason": "读过其初稿"})
    assert sent.status_code == 200
    assert client.post(url, {"proposal": number, "reason": "读过其初稿"}).status_code == 302
    barred = Conflict.objects.get(seat=seat)
    assert (barred.proposal_id, barred.declared) == (sheet.proposal_id, True)
    before = dict(BlindCopy.objects.values_list("proposal", "number"))
    for _one in range(3):
        make_expert()
    officer = make_officer()
    judge_anew(Panel.objects.get(pk=panel.pk), reason="评分表泄露", actor=officer)
    seat_all(panel)
    upside_down = lambda self, rows: rows.sort(key=before.get, reverse=True)  # noqa: E731 (short)
    monkeypatch.setattr(secrets.SystemRandom, "shuffle", upside_down)
    begin_scoring(Panel.objects.get(pk=panel.pk), actor=officer)
    after = dict(BlindCopy.objects.values_list("proposal", "number"))
    assert after == {pk: 3 - number for pk, number in before.items()}


def test_nobody_judges_whose_post_shows_names(opened):
    posts = (Role.OFFICER, Role.AUDITOR, Role.FUND_MANAGER, Role.ADMINISTRATOR)
    for post in posts:
        expert = make_expert()
        Appointment.objects.create(person=expert.person, role=post, began_at=clock.now())
    for _one in range(2):
        make_expert()
    with pytest.raises(DomainError, match="2"):
        draw_panel(opened, actor=make_officer())
    make_expert()
    panel = draw_panel(opened, actor=make_officer())
    seat = panel.seats.all()[0]
    Appointment.objects.create(person=seat.expert.person, role=posts[0], began_at=clock.now())
    with pytest.raises(WrongState):
        take_seat(seat, conflicts={}, actor=seat.expert.person)
    seat.refresh_from_db()
    assert seat.state == "invited"
    leave_seat(seat, reason="任职", actor=make_officer())
    named = Expert.objects.get(person__appointments__role=posts[1])
    with pytest.raises(DomainError):
        name_substitute(
            Panel.objects.get(pk=panel.pk), expert=named, reason="无人可抽", actor=make_officer()
        )
    assert not panel.seats.filter(expert=named).exists()


def test_an_officer_reads_it_as_judges_will_and_hides_what_still_tells(opened):
    proposal = Proposal.objects.get(call=opened, organisation__name=NAMES[0])
    client, url = enter(make_officer()), reverse("evaluation:blind", args=[proposal.pk])
    assert PLANS[0] in client.get(url).content.decode()
    assert client.post(url, {"word": " 午间  读书角 "}).url == url
    text = client.get(url).content.decode()
    assert PLANS[0] not in text
    assert f"{HIDDEN}每周开放" in text
    hidden = HiddenWord.objects.get()
    assert hidden.word == "午间 读书角"
    for refused in ("午间 读书角", "x", "（）"):
        assert client.post(url, {"word": refused}).status_code == 200
    assert HiddenWord.objects.get() == hidden
    client.post(reverse("evaluation:show_word", args=[hidden.pk]))
    assert not HiddenWord.objects.exists()
    assert PLANS[0] in client.get(url).content.decode()
    reader = enter(make_officer(Role.AUDITOR))
    assert reader.get(url).status_code == 200
    assert reader.post(url, {"word": "午间"}).status_code == 403
    assert enter(bidder_of(proposal.organisation)).get(url).status_code == 404


def test_what_is_hidden_while_judges_read_is_gone_and_stays_gone(panel):
    proposal = Proposal.objects.get(call=panel.call, organisation__name=NAMES[1])
    hidden = hide_word(proposal, word="码头夜谈", actor=make_officer())
    assert proposal.blind_copy.texts["plan"].startswith(f"{HIDDEN}月月举行")
    with pytest.raises(WrongState):
        show_word(hidden, actor=make_officer())
    fill_all(panel)
    rank_proposals(Call.objects.get(pk=panel.call_id), actor=make_officer())
    with pytest.raises(WrongState):
        hide_word(Proposal.objects.get(pk=proposal.pk), word="月月", actor=make_officer())
    assert HiddenWord.objects.get() == hidden
