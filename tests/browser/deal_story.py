"""The contest's second half: money, notice, agreements, delivery, closing, the public record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bidding.calls.models import Call
from bidding.needs.models import Category
from bidding.notices.models import Notice, Objection
from bidding.proposals.models import Proposal
from cms.demo.people import address_of
from cms.demo.town import certificate
from cms.site import build_site
from foundation.clock import SHANGHAI
from foundation.due.operations import work_off
from foundation.organisations.models import Membership, Organisation
from foundation.organisations.queries import federation
from foundation.permissions import SYSTEM
from marketplace.agreements.models import Agreement
from marketplace.agreements.rules import first_day_to_sign
from marketplace.awards.models import Award
from marketplace.delivery.models import Project
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import balance
from marketplace.matching.models import AllocationRun
from marketplace.payments.models import Batch, Payable
from tests.browser.stage import Stage


def match_and_fund(stage: Stage, call: Call, folder: Path) -> None:
    """6. Money is appropriated and allocated; the buyer pledges; the plan is confirmed."""
    resolution = folder / "resolution.pdf"
    resolution.write_bytes(certificate("Resolution").read())
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
    stage.fill(fund, amount_fen="300000", reason="年度预算", upload=str(resolution))
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
    """8. Agreements with tranches; nobody can object any more, both sides sign; projects begin."""
    first = first_day_to_sign(Award.objects.select_related("notice__call")[0])
    stage.travel(dt.datetime.combine(first, dt.time(9), SHANGHAI))
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
    ours = federation()
    if not ours.bank_accounts.exists():
        stage.go(maker, f"/desk/payments/bank-account/{ours.pk}/")
        stage.fill(maker, holder=ours.name, bank="建设银行", number="3100100110011001")
        stage.send(maker, "holder")
    stage.go(maker, "/desk/payments/batches/new/2026-seed/")
    stage.fill(
        maker, payables=list(Payable.objects.filter(state="invoiced").values_list("pk", flat=True))
    )
    stage.send(maker, "payables")
    batch = Batch.objects.latest("pk")
    stage.go(checker, f"/desk/payments/batches/{batch.number}/")
    stage.check(checker)
    stage.go(checker, f"/desk/payments/batches/{batch.number}/approve/")
    stage.confirm(checker)
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
