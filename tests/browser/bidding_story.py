"""The contest's first half: survey, call, proposals, opening, screening, judging."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bidding.calls.models import Call
from bidding.evaluation.models import Conflict, Seat, Sheet
from bidding.needs.models import Need, Survey
from bidding.proposals.drafts import open_draft
from bidding.proposals.models import Proposal
from cms.demo.people import address_of
from foundation.due.operations import work_off
from tests.browser.stage import Stage


def moment(day: dt.date, hour: int = 9) -> str:
    """As a date and time field takes it."""
    return f"{day.isoformat()}T{hour:02d}:00"


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
        stage.fill(worker, **{question.code: option.code})
        stage.send(worker, question.code)
        stage.check(worker)
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
        proposal = open_draft(Proposal.objects.latest("pk"))  # its title is sealed
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
            "rows-0-source": "seed",
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
        if section == "budget" and stage.script:  # sums follow what is typed
            assert page.locator("[data-sum=asked]").first.inner_text() == "¥90,000.00"
        stage.send(page, "revision")


def sealed(stage: Stage, call: Call) -> None:
    """Until the closing nobody outside reads a proposal: not the officer, not the auditor."""
    for proposal in map(open_draft, Proposal.objects.all()):
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
