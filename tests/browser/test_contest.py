"""One contest, from a survey of needs to a paid and closed project, clicked through by its people.

Told twice: in Chinese with scripts, in English without any. The books and the trail are whole
after every chapter.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Page

from bidding.calls.models import Call
from bidding.evaluation.models import Conflict, Employment, Expert, Seat, Sheet
from bidding.needs.models import Category, Need, Survey
from bidding.notices.models import Notice, Objection
from bidding.proposals.models import Proposal
from cms.demo.people import PASSWORD, address_of, make_account
from cms.site import build_site
from foundation import clock
from foundation.audit.verification import verify_trail
from foundation.clock import SHANGHAI
from foundation.due.operations import work_off
from foundation.organisations.models import Membership, Organisation
from foundation.organisations.operations import load_districts
from foundation.people.models import Appointment, Person
from foundation.permissions import SYSTEM
from marketplace.agreements.models import Agreement
from marketplace.awards.models import Award
from marketplace.delivery.models import Project
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import balance
from marketplace.matching.models import AllocationRun
from marketplace.payments.models import Batch, Payable
from tests.browser.stage import SharedTime, Stage, books_are_clean
from tests.factories.organisations import join, make_social, make_union

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
HALF = "T09:00"


@pytest.fixture(params=["zh-hans", "en"])
def stage(request: Any, browser: Browser, live_server: Any, time: SharedTime) -> Any:
    language = request.param
    stage = Stage(browser, live_server.url, time, language=language, script=language == "zh-hans")
    stage.travel(BEGIN)
    people(language)
    yield stage
    stage.close()


def people(language: str) -> None:
    """The federation's officials, two bidders, a buyer and four experts."""
    hashed = make_password(PASSWORD)

    def person(key: str, name: str, *roles: str) -> Person:
        made = make_account(key, name, hashed)
        made.language = language
        made.save()
        for role in roles:
            Appointment.objects.create(person=made, role=role, began_at=clock.now())
        return made

    load_districts(actor=SYSTEM)
    person("officer", "陈静怡", "officer")
    person("fund", "林振华", "fund_manager")
    person("fund2", "沈雅琴", "fund_manager")
    person("auditor", "许德胜", "auditor")
    federation = make_union(name="浦东新区总工会")
    join(person("chair", "郭立新"), federation, "representative")
    hub = make_union(federation, name="陆家嘴街道总工会", workers=30_000)
    join(person("buyer", "周文杰"), hub, "representative")
    for number, name in enumerate(("阳光社工服务社", "明德法律援助中心"), start=1):
        social = make_social(name)
        Membership.objects.filter(organisation=social).update(ended_at=clock.now())
        join(person(f"bidder{number}", f"负责人{number}"), social, "representative")
    for number in range(1, 5):
        expert = Expert.objects.create(
            person=person(f"expert{number}", f"评委{number}", "expert"), field_of_work="社会工作"
        )
        if number == 4:
            Employment.objects.create(
                expert=expert,
                organisation=Organisation.objects.get(name="阳光社工服务社"),
                tie="employee",
                began_on=dt.date(2025, 1, 1),
            )


def whole() -> None:
    """The books hold and nothing in the trail was changed."""
    books_are_clean()
    assert verify_trail() == []


def moment(day: dt.date, hour: int = 9) -> str:
    """As a date and time field takes it."""
    return f"{day.isoformat()}T{hour:02d}:00"


def test_a_contest_from_the_survey_to_the_closed_project(stage: Stage, tmp_path: Path) -> None:
    needs = survey_and_needs(stage, tmp_path)
    whole()
    call = open_a_call(stage, needs)
    bids(stage, call)
    sealed(stage, call)
    open_and_screen(stage, call)
    judge(stage, call)
    whole()
    match_and_fund(stage, call)
    whole()
    notice_and_objection(stage, call)
    projects = sign(stage, call)
    whole()
    deliver(stage, projects[0], tmp_path)
    whole()
    close(stage, projects[0])
    whole()
    everything_is_public(stage, call, projects[0])


def survey_and_needs(stage: Stage, folder: Path) -> list[Need]:
    """1. The officer asks, workers answer on a phone, needs are drawn and published."""
    officer = stage.page(address_of("officer"))
    stage.go(officer, "/desk/needs/new/")
    stage.fill(
        officer,
        title="2026年职工需求调研",
        title_en="Survey of workers' needs 2026",
        slug="2026",
        population=30_000,
    )
    stage.send(officer, "slug")
    stage.go(officer, "/desk/needs/surveys/2026/questions/")
    stage.fill(
        officer,
        kind="multiple",
        wording="您最希望工会提供哪些服务？",
        wording_en="Which services do you want most?",
        choices="子女暑托 | Holiday childcare | life-care\n法律咨询 | Legal advice | legal-aid",
    )
    stage.send(officer, "wording")
    today = stage.today()
    stage.go(officer, "/desk/needs/surveys/2026/open/")
    stage.fill(
        officer,
        opens_at=moment(today, 8),
        closes_at=moment(today + dt.timedelta(days=10)),
    )
    stage.send(officer, "opens_at")
    survey = Survey.objects.get(slug="2026")
    question = survey.questions.get()
    worker = stage.visitor()
    for option in question.options.all():
        stage.go(worker, "/needs/surveys/2026/")
        stage.check(worker)
        worker.context.clear_cookies()
        stage.go(worker, "/needs/surveys/2026/1/")
        stage.check(worker)
        stage.fill(worker, **{f"q{question.pk}": option.pk})
        stage.send(worker, f"q{question.pk}")
        if worker.locator('main [name="district"]').count():
            stage.send(worker, "district")
    assert survey.responses.count() == 2
    paper = folder / "paper.csv"
    rows = [f"{number},,{1 + number % 2}" for number in range(24)]
    paper.write_text("\n".join(["sheet,district,q1", *rows]), encoding="utf-8")
    stage.go(officer, "/desk/needs/surveys/2026/paper/")
    stage.fill(officer, file=str(paper))
    stage.send(officer, "file")
    assert survey.responses.count() == 26
    stage.later(days=11)
    work_off()
    survey.refresh_from_db()
    assert survey.state == "closed"
    for option in question.options.all():
        stage.go(officer, f"/desk/needs/surveys/2026/draw/{option.pk}/")
        stage.fill(
            officer,
            title=option.wording,
            title_en=option.wording_en,
            audience="双职工家庭",
            audience_en="working families",
        )
        stage.send(officer, "audience")
        need = Need.objects.get(option=option)
        stage.go(officer, "/desk/needs/")
        stage.press(officer, f"/desk/needs/{need.pk}/publish/")
    stage.go(officer, "/desk/needs/surveys/2026/")
    stage.press(officer, "/desk/needs/surveys/2026/publish/")
    stage.go(worker, "/needs/")
    stage.check(worker)
    assert worker.get_by_text("子女暑托" if not stage.prefix else "Holiday childcare").count()
    return list(Need.objects.order_by("pk"))


def open_a_call(stage: Stage, needs: list[Need]) -> Call:
    """2. A call with lots and criteria; a bidder asks, the officer answers in public."""
    officer = stage.page(address_of("officer"))
    today = stage.today()
    closes = today + dt.timedelta(days=30)
    stage.go(officer, "/desk/calls/new/")
    stage.fill(
        officer,
        kind="contest",
        title="2026年创投大赛",
        title_en="Venture contest 2026",
        summary="面向全市征集职工服务项目。",
        summary_en="Projects for workers are sought.",
        opens_at=moment(today, 12),
        questions_until=moment(closes - dt.timedelta(days=5)),
        closes_at=moment(closes),
    )
    stage.send(officer, "title")
    call = Call.objects.get()
    stage.go(officer, f"/desk/calls/{call.number}/edit/")
    stage.fill(officer, needs=[need.pk for need in needs])
    stage.send(officer, "needs")
    stage.go(officer, f"/desk/calls/{call.number}/lots/")
    for code in ("life-care", "legal-aid"):
        stage.fill(
            officer,
            **{f"ceiling-{code}": "300000", f"most-{code}": "150000", f"least-{code}": 1},
        )
    stage.send(officer, "ceiling-life-care")
    stage.go(officer, f"/desk/calls/{call.number}/")
    stage.check(officer)
    stage.press(officer, f"/desk/calls/{call.number}/publish/")
    stage.later(days=2)
    bidder = stage.page(address_of("bidder1"))
    stage.go(bidder, f"/calls/{call.number}/ask/")
    stage.fill(bidder, question="联合体可以申报吗？")
    stage.send(bidder, "question")
    stage.go(officer, f"/desk/calls/{call.number}/questions/")
    stage.go(officer, f"/desk/calls/questions/{call.clarifications.get().pk}/")
    stage.fill(officer, answer="可以，由一家牵头。")
    stage.send(officer, "answer")
    visitor = stage.visitor()
    stage.go(visitor, f"/calls/{call.number}/")
    stage.check(visitor)
    assert visitor.get_by_text("可以，由一家牵头。").count()
    return call


SPECIAL = {"life-care": ("safety", "两名安全员"), "legal-aid": ("lawyer_licences", "131012010")}


def bids(stage: Stage, call: Call) -> None:
    """3. Two organisations draft, fill in every section, check and submit; each has a receipt."""
    rows = (("bidder1", "life-care", "职工子女暑托班"), ("bidder2", "legal-aid", "法律援助站"))
    for key, code, title in rows:
        page = stage.page(address_of(key))
        lot = call.lots.get(category_id=code)
        stage.go(page, f"/desk/calls/{call.number}/propose/")
        stage.fill(page, lot=lot.pk, title=title)
        stage.send(page, "title")
        proposal = Proposal.objects.get(title=title)
        write(stage, page, proposal, code)
        stage.go(page, f"/desk/proposals/{proposal.pk}/check/")
        stage.check(page)
        stage.press(page, f"/desk/proposals/{proposal.pk}/submit/")
        proposal.refresh_from_db()
        assert proposal.state == "submitted"
        receipt = proposal.submissions.get()
        assert re.fullmatch(r"[0-9a-f]{64}", receipt.sha256)
        assert receipt.receipt in stage.go(page, f"/desk/proposals/{proposal.pk}/").content()


def write(stage: Stage, page: Page, proposal: Proposal, code: str) -> None:
    """Every section of the task list."""
    begins = stage.today() + dt.timedelta(days=90)
    ends = begins + dt.timedelta(days=240)
    half = begins + dt.timedelta(days=120)
    need = proposal.call.needs.get(category_id=code)
    word, said = SPECIAL[code]
    sections: dict[str, dict[str, Any]] = {
        "basics": {
            "title": proposal.title,
            "summary": "服务双职工家庭。",
            "starts_on": begins.isoformat(),
            "ends_on": ends.isoformat(),
        },
        "people": {"needs": [need.pk], "audience": "双职工家庭", "headcount": 200},
        "plan": {
            "goals": "满意度九成",
            "plan": "十二周",
            "risks": "雨天",
            "sustainability": "手册",
        },
        "milestones": {
            "rows-0-title": "中期",
            "rows-0-due_on": half.isoformat(),
            "rows-0-measure": "过半",
            "rows-1-title": "结项",
            "rows-1-due_on": ends.isoformat(),
            "rows-1-measure": "完成",
        },
        "team": {"rows-0-name": "王芳", "rows-0-duty": "负责人"},
        "budget": {
            "rows-0-group": "activity",
            "rows-0-item": "课程",
            "rows-0-unit": "场",
            "rows-0-quantity": 10,
            "rows-0-unit_price_fen": "9000",
            "rows-0-source": "fund",
        },
        "special": {word: said},
    }
    for section, values in sections.items():
        stage.go(page, f"/desk/proposals/{proposal.pk}/{section}/")
        if section == "people":
            boxes = page.locator('main [name="districts"]')
            if boxes.first.get_attribute("type") == "checkbox":
                boxes.first.check()
            else:
                boxes.first.select_option(index=0)
        stage.fill(page, **values)
        stage.send(page, "revision")


def sealed(stage: Stage, call: Call) -> None:
    """Until the closing nobody outside reads a proposal: not the officer, not the auditor."""
    for proposal in Proposal.objects.all():
        for key in ("officer", "auditor", "buyer"):
            stage.go(stage.page(address_of(key)), f"/desk/proposals/{proposal.pk}/", status=404)
        stage.go(stage.visitor(), "/projects/")
        assert proposal.title not in stage.visitor().content()


def open_and_screen(stage: Stage, call: Call) -> None:
    """4. At the closing the envelopes open; the officer admits one and has the other cured."""
    stage.travel(call.closes_at + dt.timedelta(minutes=1))
    work_off()
    call.refresh_from_db()
    assert call.opened_at is not None
    officer = stage.page(address_of("officer"))
    first, second = Proposal.objects.order_by("pk")
    stage.go(officer, f"/desk/evaluation/proposals/{first.pk}/screen/")
    stage.check(officer)
    stage.fill(officer, decision="admit")
    stage.send(officer, "decision")
    stage.go(officer, f"/desk/evaluation/proposals/{second.pk}/screen/")
    stage.fill(officer, decision="cure", reason="缺少律师执业证复印件。")
    stage.send(officer, "decision")
    bidder = stage.page(address_of("bidder2"))
    stage.go(bidder, f"/desk/evaluation/proposals/{second.pk}/cure/")
    stage.fill(bidder, note="已补充说明。")
    stage.send(bidder, "note")
    stage.go(officer, f"/desk/evaluation/proposals/{second.pk}/screen/")
    stage.fill(officer, decision="admit")
    stage.send(officer, "decision")
    assert {p.state for p in Proposal.objects.all()} == {"eligible"}


def judge(stage: Stage, call: Call) -> None:
    """5. Three judges are drawn; a tie found in data keeps one from a proposal; they score."""
    officer = stage.page(address_of("officer"))
    stage.go(officer, f"/desk/evaluation/{call.number}/")
    stage.press(officer, f"/desk/evaluation/{call.number}/draw/")
    seats = list(Seat.objects.select_related("expert__person"))
    assert len(seats) == 3
    tied = [seat for seat in seats if seat.expert.person.email == address_of("expert4")]
    assert Conflict.objects.filter(declared=False).count() == len(tied)
    for seat in seats:
        page = stage.page(seat.expert.person.email)
        stage.go(page, f"/desk/evaluation/seats/{seat.pk}/take/")
        stage.fill(page, honest=True)
        stage.send(page, "honest")
    stage.go(officer, f"/desk/evaluation/{call.number}/")
    stage.press(officer, f"/desk/evaluation/{call.number}/begin/")
    for number, sheet in enumerate(Sheet.objects.select_related("seat__expert__person")):
        page = stage.page(sheet.seat.expert.person.email)
        stage.go(page, f"/desk/evaluation/sheets/{sheet.pk}/")
        stage.check(page)
        points = {f"c{c.pk}": 80 + number for c in call.criteria.all()}
        stage.fill(page, comment="目标清楚。", **points)
        finish(page)
        sheet.refresh_from_db()
        assert sheet.state == "final"
    stage.go(officer, f"/desk/evaluation/{call.number}/")
    stage.press(officer, f"/desk/evaluation/{call.number}/rank/")
    stage.check(officer)
    assert Proposal.objects.filter(state="ranked").count() == 2


def finish(page: Page) -> None:
    """Make the sheet final."""
    with page.expect_navigation():
        page.locator('main [name="final"]').click()


def match_and_fund(stage: Stage, call: Call) -> None:
    """6. Money is appropriated and allocated; the buyer pledges; the plan is confirmed."""
    fund = stage.page(address_of("fund"))
    stage.go(fund, "/desk/ledger/new/")
    stage.fill(
        fund,
        name="2026年种子资金",
        name_en="Seed fund 2026",
        code="2026-seed",
        starts_on="2026-01-01",
        ends_on="2027-12-31",
    )
    stage.send(fund, "code")
    stage.go(fund, "/desk/ledger/funds/2026-seed/appropriate/")
    stage.fill(fund, amount_fen="300000", reason="年度预算")
    stage.send(fund, "amount_fen")
    hub = Organisation.objects.get(name="陆家嘴街道总工会")
    stage.go(fund, "/desk/ledger/funds/2026-seed/allocate/")
    stage.fill(fund, buyer=hub.pk, amount_fen="100000", reason="按人数")
    stage.send(fund, "amount_fen")
    buyer = stage.page(address_of("buyer"))
    stage.go(buyer, "/desk/matching/")
    stage.check(buyer)
    first = Proposal.objects.order_by("pk")[0]
    stage.go(buyer, f"/desk/matching/proposals/{first.pk}/")
    stage.press(buyer, f"/desk/matching/proposals/{first.pk}/interest/")
    stage.fill(buyer, amount_fen="30000")
    stage.send(buyer, "amount_fen")
    officer = stage.page(address_of("officer"))
    seed = Fund.objects.get()
    stage.go(officer, f"/desk/matching/calls/{call.number}/")
    stage.fill(officer, fund=seed.pk)
    stage.send(officer, "fund")
    run = AllocationRun.objects.get()
    stage.go(officer, f"/desk/matching/runs/{run.pk}/")
    stage.check(officer)
    stage.press(officer, f"/desk/awards/runs/{run.pk}/confirm/")
    assert Award.objects.count() == 2
    assert balance(accounts.fund_available(seed)) == 300_000_00 - 100_000_00 - 150_000_00


def notice_and_objection(stage: Stage, call: Call) -> None:
    """7. The result is public for five working days; a citizen objects and is answered."""
    officer = stage.page(address_of("officer"))
    stage.go(officer, f"/desk/matching/calls/{call.number}/")
    stage.press(officer, f"/desk/awards/calls/{call.number}/publish/")
    notice = Notice.objects.get()
    citizen = stage.visitor()
    stage.travel(dt.datetime.combine(notice.first_day, dt.time(10), SHANGHAI))
    stage.go(citizen, f"/results/{notice.number}/")
    stage.check(citizen)
    stage.go(citizen, f"/results/{notice.number}/object/")
    first = Proposal.objects.order_by("pk")[0]
    stage.fill(citizen, proposal=first.pk, text="证书过期。", name="钱国栋", contact="021-55550123")
    stage.send(citizen, "text")
    objection = Objection.objects.get()
    stage.travel(dt.datetime.combine(notice.last_day + dt.timedelta(1), dt.time(9), SHANGHAI))
    work_off()
    assert Award.objects.get(proposal=first).state == "pending"
    stage.go(officer, f"/desk/notices/objections/{objection.pk}/answer/")
    stage.fill(officer, upheld="no", answer="已核对，有效期内。")
    stage.send(officer, "answer")
    award = Award.objects.get(proposal=first)
    if award.state == "pending":
        stage.go(officer, f"/desk/awards/{award.pk}/")
        stage.press(officer, f"/desk/awards/{award.pk}/activate/")
    assert {award.state for award in Award.objects.all()} == {"active"}


def sign(stage: Stage, call: Call) -> list[Project]:
    """8. Agreements with tranches; both sides sign; the projects begin."""
    officer = stage.page(address_of("officer"))
    for award in Award.objects.order_by("pk"):
        stage.go(officer, f"/desk/agreements/award/{award.pk}/draw_up/")
        stage.send(officer, "signing_fen")
        agreement = Agreement.objects.get(award=award)
        stage.go(officer, f"/desk/agreements/{agreement.pk}/")
        stage.press(officer, f"/desk/agreements/{agreement.pk}/offer/")
        for party in agreement.parties.select_related("organisation"):
            signer = Membership.objects.get(
                organisation=party.organisation, role="representative", ended_at=None
            ).person
            page = stage.page(signer.email)
            stage.go(page, f"/desk/agreements/{agreement.pk}/")
            stage.check(page)
            stage.go(page, f"/desk/agreements/party/{party.pk}/sign/")
            stage.fill(page, name=signer.name, read=True)
            stage.send(page, "name")
        agreement.refresh_from_db()
        assert agreement.state == "signed"
    pay(stage)
    return list(Project.objects.order_by("agreement__award__proposal__pk"))


def pay(stage: Stage) -> None:
    """What is owed gets an invoice, goes into a batch approved by a second person, and is paid."""
    for payable in Payable.objects.filter(state="owed").select_related("organisation"):
        head = Membership.objects.get(
            organisation=payable.organisation, role="representative", ended_at=None
        ).person
        page = stage.page(head.email)
        if not payable.organisation.bank_accounts.exists():
            stage.go(page, f"/desk/payments/bank-account/{payable.organisation.pk}/")
            stage.fill(page, holder=payable.organisation.name, bank="农商银行", number="62220001")
            stage.send(page, "holder")
        stage.go(page, f"/desk/payments/owed/{payable.pk}/invoice/")
        stage.fill(
            page,
            code="031001900111",
            number=f"{payable.pk:08d}",
            issued_on=stage.today().isoformat(),
            amount_fen=f"{payable.amount_fen / 100:.2f}",
            seller_uscc=payable.organisation.uscc,
        )
        stage.send(page, "seller_uscc")
    maker, checker = stage.page(address_of("fund")), stage.page(address_of("fund2"))
    stage.go(maker, "/desk/payments/batches/new/2026-seed/")
    stage.fill(
        maker, payables=list(Payable.objects.filter(state="invoiced").values_list("pk", flat=True))
    )
    stage.send(maker, "payables")
    batch = Batch.objects.latest("pk")
    stage.go(checker, f"/desk/payments/batches/{batch.number}/")
    stage.check(checker)
    stage.press(checker, f"/desk/payments/batches/{batch.number}/approve/")
    stage.go(maker, f"/desk/payments/batches/{batch.number}/send/")
    stage.send(maker, "encoding")
    for payout in batch.payouts.all():
        stage.go(maker, f"/desk/payments/batches/{batch.number}/")
        stage.press(maker, f"/desk/payments/payouts/{payout.pk}/confirm/")
    batch.refresh_from_db()
    assert batch.state == "confirmed"


def deliver(stage: Stage, project: Project, folder: Path) -> None:
    """9. The mid-term is returned, reported again, accepted; the final one too; each is paid."""
    picture = folder / "attendance.csv"
    picture.write_text("姓名,签到\n王芳,是\n", encoding="utf-8")
    bidder, buyer = stage.page(address_of("bidder1")), stage.page(address_of("buyer"))
    middle, final = project.milestones.order_by("position")
    for verdict in ("return", "accept"):
        stage.go(bidder, f"/desk/delivery/milestones/{middle.pk}/report/")
        stage.fill(bidder, text="开班六周。", served=110, spent_fen="45000")
        stage.fill(bidder, file_1=str(picture), caption_1="签到表", public_1=True)
        stage.send(bidder, "text")
        stage.go(buyer, f"/desk/delivery/{project.pk}/")
        stage.check(buyer)
        stage.go(buyer, f"/desk/delivery/milestones/{middle.pk}/{verdict}/")
        word = "reason" if verdict == "return" else "remark"
        stage.fill(buyer, **{word: "第二场缺签到。" if verdict == "return" else "齐全。"})
        stage.send(buyer, word)
    pay(stage)
    stage.go(bidder, f"/desk/delivery/milestones/{final.pk}/report/")
    stage.fill(bidder, text="全部完成。", served=120, spent_fen="42000")
    stage.send(bidder, "text")
    stage.go(buyer, f"/desk/delivery/milestones/{final.pk}/accept/")
    stage.send(buyer, "remark")
    pay(stage)


def close(stage: Stage, project: Project) -> None:
    """10. Closed with a grade; what was not spent is back in the pockets it came from."""
    seed = Fund.objects.get()
    hub = Organisation.objects.get(name="陆家嘴街道总工会")
    pockets = (accounts.fund_available(seed), accounts.buyer_available(seed, hub))
    before = [balance(pocket) for pocket in pockets]
    buyer = stage.page(address_of("buyer"))
    stage.go(buyer, f"/desk/delivery/{project.pk}/close/")
    stage.fill(buyer, score="88.50", lessons="与街镇工会联合宣传。")
    stage.send(buyer, "score")
    project.refresh_from_db()
    assert (project.state, project.grade, project.served) == ("closed", "A", 230)
    after = [balance(pocket) for pocket in pockets]
    assert sum(after) - sum(before) == 3_000_00
    assert [b - a for a, b in zip(before, after, strict=True)] == [2_000_00, 1_000_00]


def everything_is_public(stage: Stage, call: Call, project: Project) -> None:
    """The public reads it all: project, call, result, organisation, money, the editors' pages."""
    build_site(actor=SYSTEM)
    visitor = stage.visitor()
    for path in (
        "/",
        "/projects/",
        f"/projects/{project.number}/",
        "/calls/",
        f"/calls/{call.number}/",
        f"/results/rankings/{call.number}/",
        "/results/",
        "/organisations/",
        f"/organisations/{project.organisation_id}/",
        "/unions/",
        "/receipts/",
        "/money/",
    ):
        stage.go(visitor, path)
        stage.check(visitor)
    stage.go(visitor, f"/projects/{project.number}/")
    assert visitor.get_by_text(project.title).count()
    assert Category.objects.count() == 7
