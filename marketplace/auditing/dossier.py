"""The whole dossier of a project: every fact and paper of its life, from the call to the last fen.

The pieces are gathered in one transaction and packed while they are sent. For the same state (and
language) the archive is the same, byte for byte: when it was made, and by whom, stands in the
trail and in the log of readings, not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from bidding.evaluation.models import Screening
from foundation.audit.operations import record
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.auditing import dossier_money, dossier_trail
from marketplace.auditing import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.auditing.archive import Piece, Written, packed, portable
from marketplace.auditing.pieces import exactly, paper, plain, said
from marketplace.delivery.models import Project


@operation
def make_dossier(project: Project, *, actor: Any) -> list[Piece]:
    """Gather everything there is about a project; that it was taken away is recorded."""
    project = lock(
        project,
        "agreement__award__proposal__call",
        "agreement__award__proposal__organisation",
        "agreement__award__fund",
        "agreement__award__buyer",
        "agreement__document",
        "organisation",
        "buyer",
        "category",
    )
    allow(actor, "make_dossier", project)
    pieces = [
        *_call(project),
        *_proposal(project),
        *_evaluation(project),
        *_award(project),
        *_agreement(project),
        *_delivery(project),
        *dossier_money.pieces_of(project),
        *dossier_trail.pieces_of(project, actor=actor),
    ]
    record(actor, "make_dossier", project, files=len(pieces))
    return pieces


def archive_of(project: Project, pieces: list[Piece]) -> Iterator[bytes]:
    """The ZIP, with an index to begin reading from."""

    def index(written: Written) -> list[Piece]:
        context = {"project": project, "written": written, "chapters": _chapters(written)}
        page = render_to_string("auditing/dossier_index.html", context)
        return [Piece("index.html", _("Index"), page.encode())]

    return packed(pieces, last=index)


def _chapters(written: Written) -> list[tuple[str, list[dict[str, Any]]]]:
    """The files by the folder they stand in, in order."""
    chapters: dict[str, list[dict[str, Any]]] = {}
    for file in written.files:
        chapters.setdefault(file["path"].partition("/")[0], []).append(file)
    return list(chapters.items())


def _call(project: Project) -> Iterator[Piece]:
    call = project.agreement.award.proposal.call
    facts = plain(
        call,
        *("number", "kind", "title", "title_en", "summary", "opens_at", "questions_until"),
        *("closes_at", "opened_at", "decided_at", "notice_days", "panel_size", "aggregation"),
        *("management_cap_percent", "published_at", "state"),
    )
    facts["lots"] = [
        plain(lot, "category", "ceiling_fen", "proposal_ceiling_fen", "least_proposals")
        for lot in call.lots.select_related("category")
    ]
    facts["criteria"] = [
        plain(one, "position", "name", "name_en", "description", "weight", "by_price", "stage")
        for one in call.criteria.all()
    ]
    facts["amendments"] = [
        plain(one, "made_at", "reason", "changes", "closes_before", "closes_after")
        for one in call.amendments.order_by("pk")
    ]
    yield said("01-call/call.json", _("The call"), facts)


def _proposal(project: Project) -> Iterator[Piece]:
    proposal = project.agreement.award.proposal
    facts = plain(proposal, "title", "serial", "organisation", "starts_on", "ends_on", "state")
    yield said("02-proposal/proposal.json", _("The proposal"), facts)
    envelopes = proposal.submissions.order_by("version").select_related("submitted_by", "opened")
    for envelope in envelopes:
        name = f"02-proposal/envelope-{envelope.version}"
        if hasattr(envelope, "opened"):  # one that was replaced before the closing stays sealed
            title = _("What was handed in, receipt %(receipt)s") % {"receipt": envelope.receipt}
            yield exactly(f"{name}.json", title, envelope.content, envelope.sha256)
        facts = plain(envelope, "receipt", "version", "sha256", "submitted_by", "submitted_at")
        yield said(f"{name}-receipt.json", _("Receipt"), facts)
    attachments = proposal.attachments.select_related("document").order_by("pk")
    for place, one in enumerate(attachments, start=1):
        yield paper("02-proposal/attachments", place, one.document, one.label)


def _evaluation(project: Project) -> Iterator[Piece]:
    proposal = project.agreement.award.proposal
    screenings = Screening.objects.filter(proposal=proposal).select_related("decided_by")
    names = ("decision", "reason", "cure_until", "cured_at", "cure_note", "decided_by")
    checks = [plain(one, *names, "decided_at") for one in screenings.order_by("pk")]
    yield said("03-screening/screenings.json", _("Screening"), checks)
    place = getattr(proposal, "place", None)
    if place is None:
        return
    ranking = place.ranking
    facts = plain(place, "rank", "score_ten_thousandths", "judges")
    facts["ranking"] = plain(ranking, "policy", "sha256", "computed_by", "computed_at")
    facts["serial"] = proposal.serial
    yield said("04-evaluation/place.json", _("Its place in the ranking"), facts)
    title = _("All scores the ranking was computed from")
    yield exactly("04-evaluation/ranking.json", title, ranking.inputs, ranking.sha256)


def _award(project: Project) -> Iterator[Piece]:
    award = project.agreement.award
    facts = plain(
        award,
        *("fund", "buyer", "amount_fen", "decided_by", "decided_at", "activated_at", "state"),
    )
    facts["run"] = {"number": award.run_id, "sha256": award.run.sha256}
    facts["shares"] = [
        plain(share, "position", "pocket", "buyer", "amount_fen")
        for share in award.shares.select_related("buyer")
    ]
    yield said("05-award/award.json", _("The award and where its money came from"), facts)
    if award.notice is not None:
        notice = award.notice
        body = f"05-award/notice-{portable(notice.number)}"
        yield exactly(f"{body}.json", notice.title, notice.body, notice.sha256)
        names = ("number", "title", "sha256", "first_day", "last_day", "working_days")
        facts = plain(notice, *names, "published_by", "published_at")
        yield said(f"{body}-period.json", _("The notice's period"), facts)
    objections = award.proposal.objections.select_related("notice", "evidence").order_by("pk")
    told = ("notice", "name", "text", "filed_at", "answer_due_on", "answer", "answered_at")
    after = ("complaint", "complained_at", "decision_due_on", "decision", "decided_at", "state")
    rows = [plain(one, *told, *after) for one in objections]
    yield said("05-award/objections.json", _("Objections and their answers"), rows)
    for place, one in enumerate(objections, start=1):
        if one.evidence is not None:
            yield paper("05-award/objections", place, one.evidence)


def _agreement(project: Project) -> Iterator[Piece]:
    agreement = project.agreement
    names = ("number", "title", "sha256", "amount_fen", "starts_on", "ends_on", "offered_at")
    facts = plain(agreement, *names, "signed_at", "ended_at", "state", "terms")
    facts["signatures"] = [
        plain(
            party,
            *("side", "organisation", "signed_by", "signed_name", "signed_at", "signed_sha256"),
        )
        for party in agreement.parties.select_related("organisation", "signed_by")
    ]
    facts["tranches"] = [
        plain(one, "position", "gate", "amount_fen", "spent_fen", "state")
        for one in agreement.tranches.all()
    ]
    yield said("06-agreement/agreement.json", _("The agreement and its signatures"), facts)
    if agreement.document is not None:
        yield paper("06-agreement", 1, agreement.document, _("The paper that was signed"))


def _delivery(project: Project) -> Iterator[Piece]:
    names = ("number", "title", "summary", "category", "organisation", "buyer", "amount_fen")
    facts = plain(project, *names, "headcount", "served", "starts_on", "ends_on", "started_at")
    ended = ("closed_at", "score_hundredths", "grade", "lessons", "ended_reason", "state")
    facts |= plain(project, *ended) | {"milestones": []}
    place = 0
    papers = []
    for milestone in project.milestones.prefetch_related("reports__evidence__document"):
        told = plain(milestone, "position", "title", "measure", "due_on", "gate", "state")
        told["reports"] = []
        for report in milestone.reports.all():
            said_by = ("text", "served", "spent_fen", "reported_at", "verdict", "remark")
            row = plain(report, *said_by, "judged_at") | {"evidence": []}
            for proof in report.evidence.all():
                place += 1
                file = paper("07-delivery/evidence", place, proof.document, proof.caption)
                papers.append(file)
                row["evidence"].append({"caption": proof.caption, "file": file.path})
            told["reports"].append(row)
        facts["milestones"].append(told)
    yield said("07-delivery/project.json", _("The project, its milestones and reports"), facts)
    yield from papers
