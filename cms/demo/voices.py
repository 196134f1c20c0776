"""What workers hear back in the demo: how to join, a need nobody answers yet, complaints."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Count, Q

from bidding.needs.models import Need, Survey
from bidding.needs.need_operations import draw_need, publish_need
from bidding.needs.queries import proposed_needs
from cms.demo.bidding import days
from cms.demo.town import Town
from foundation import clock
from foundation.organisations.models import District
from foundation.permissions import SYSTEM
from marketplace.complaints.keys import key_for
from marketplace.complaints.models import About
from marketplace.complaints.operations import answer_complaint, send_complaint, take_complaint
from marketplace.delivery.joining_operations import write_joining
from marketplace.delivery.models import Project
from marketplace.delivery.states import ProjectState

WAYS = (
    (
        "街道职工服务站二楼活动室",
        "Activity room, second floor of the street's workers' service station",
        "每周六 9:00–11:00",
        "Saturdays 9:00–11:00",
        "打电话报名，或直接到服务站登记；带上身份证即可。",
        "Call to sign up, or come by and register; bring your ID card.",
    ),
    (
        "园区党群服务中心一楼大厅",
        "Ground-floor hall of the park's service centre",
        "工作日 12:00–13:00、17:30–19:30",
        "Weekdays 12:00–13:00 and 17:30–19:30",
        "无需预约，午休和下班后随到随办。",
        "No appointment needed: come in your lunch break or after work.",
    ),
    (
        "户外职工爱心接力站",
        "Rest stop for outdoor workers",
        "每天 8:00–20:00",
        "Every day 8:00–20:00",
        "在站点扫码登记；夜班职工可请站长代为报名。",
        "Scan the code at the stop; after a night shift, ask the warden to sign you up.",
    ),
)


def speak(town: Town, survey: Survey, now: dt.datetime) -> None:
    """Words on joining for some running projects, a district's own need, and three complaints."""
    running = list(
        Project.objects.filter(state=ProjectState.RUNNING, ends_on__gt=now.date())
        .select_related("organisation")
        .order_by("pk")[::3]
    )
    with clock.at(now - days(20)):
        for turn, project in enumerate(running):
            _say_how_to_join(town, project, turn)
    with clock.at(now - days(30)):
        _need_of_one_district(town, survey)
    _complain(town, running[0], now)


def _say_how_to_join(town: Town, project: Project, turn: int) -> None:
    place, place_en, times, times_en, how, how_en = WAYS[turn % len(WAYS)]
    write_joining(
        project,
        place=place,
        place_en=place_en,
        times=times,
        times_en=times_en,
        how=how,
        how_en=how_en,
        phone=f"021-5000{turn + 1000:04d}",
        contact="项目办公室",
        is_free=turn % 5 != 4,
        price="" if turn % 5 != 4 else "材料费 20 元",
        until=project.ends_on,
        actor=town.signer_of(project.organisation),
    )


def _need_of_one_district(town: Town, survey: Survey) -> Need:
    """The most wanted service in the district where most people answered."""
    option = proposed_needs(survey)[0].option
    answers = Count("response", filter=Q(response__survey=survey))
    district = District.objects.annotate(answers=answers).order_by("-answers", "code")[0]
    need = draw_need(
        survey,
        option=option,
        title=f"{option.wording}（{district.name}）",
        title_en=f"{option.wording_en} ({district.name_en or district.name})",
        audience="双职工家庭",
        audience_en="families in which both work",
        district=district,
        headcount=6400,
        urgency=5,
        actor=town["officer"],
    )
    return publish_need(need, actor=town["officer"])


def _complain(town: Town, project: Project, now: dt.datetime) -> None:
    """One that was answered, one in hand, one that has just come in."""
    with clock.at(now - days(60)):
        late = send_complaint(
            about=About.PROJECT,
            subject=project,
            words="公布的时间是周六上午九点，我到了现场却没有人，白跑一趟。",
            contact="13800000000",
            key=_key("no-show"),
            actor=SYSTEM,
        )
    with clock.at(now - days(58)):
        late = take_complaint(late, actor=town["officer"])
    with clock.at(now - days(52)):
        answer_complaint(
            late,
            answer="情况属实：当天带队老师生病，没有及时通知。承接机构已向您致歉，"
            "补办了一场活动，并在门口公示了联系电话。",
            actor=town["officer"],
        )
    with clock.at(now - days(9)):
        waiting = send_complaint(
            about=About.ORGANISATION,
            subject=project.organisation,
            words="报名电话一直没有人接，下班以后打也是。",
            key=_key("phone"),
            actor=SYSTEM,
        )
    with clock.at(now - days(7)):
        take_complaint(waiting, actor=town["officer"])
    with clock.at(now - days(1)):
        send_complaint(
            about=About.SITE,
            words="希望服务列表里能看到哪些站点有无障碍通道。",
            contact="worker@example.org",
            key=_key("access"),
            actor=SYSTEM,
        )


def _key(name: str) -> str:
    return key_for(uuid.uuid5(uuid.NAMESPACE_URL, f"demo-complaint:{name}"))
