"""A report on paper: a tagged PDF made by Typst, once for each time the report was published.

What people wrote goes in as data, never as markup; the font comes with the platform.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from cms.pictures import ON_PAPER
from cms.reports import charts
from cms.reports.models import ReportPaper
from cms.reports.shapes import CHARTS, Fact
from cms.reports.summaries import percent, summary_of, words
from cms.reports.telling import Part, Sample, Told
from foundation import clock
from foundation.documents.models import Document
from foundation.documents.operations import keep_bytes
from foundation.documents.paper import typeset
from foundation.documents.readers import reader
from foundation.face.values import (
    count_text,
    day_text,
    is_english,
    moment_text,
    own_words,
    wan_text,
)
from foundation.permissions import SYSTEM

TEMPLATE = Path(__file__).with_name("report.typ")
PURPOSE = "report_paper"

Item = dict[str, Any]


@reader(PURPOSE)
def read_report_paper(person: Any, document: Document) -> bool:
    """Everybody: it is made of a public page."""
    return True


def paper_of(page: Any) -> Document:
    """The paper of the page as it was published last; made when it is first asked for."""
    rows = ReportPaper.objects.filter(page=page.pk, revision=page.live_revision_id)
    kept = rows.select_related("document").first()
    if kept is not None:
        return kept.document
    made = report_pdf(page)
    name = f"{page.slug}-{'en' if is_english() else 'zh'}.pdf"
    try:
        with transaction.atomic():
            document = keep_bytes(name, made, "application/pdf", PURPOSE, SYSTEM)
            ReportPaper.objects.create(
                page_id=page.pk,
                revision=page.live_revision_id,
                document=document,
                made_at=clock.now(),
            )
    except IntegrityError:  # another reader asked at the same moment
        return rows.select_related("document").get().document
    return document


def report_pdf(page: Any) -> bytes:
    """The published page as a tagged, archivable PDF in the language of the page."""
    return typeset(TEMPLATE, facts_of(page))


def facts_of(page: Any) -> dict[str, Any]:
    """All the paper says, in order."""
    parts, sample = page.told()
    survey = page.survey
    published = page.first_published_at or clock.now()
    line = [_("%(n)s workers answered") % {"n": count_text(sample.n)}]
    if sample.population:
        line.append(_("they speak for %(n)s") % {"n": count_text(sample.population)})
    if sample.effective:
        line.append(
            _("weighted to known totals, as sure as %(n)s plain answers")
            % {"n": f"{sample.effective:.0f}"}
        )
    if sample.n:
        line.append(
            _("shares are sure to ± %(margin)s at most") % {"margin": percent(sample.margin, 1)}
        )
    return {
        "lang": "en" if is_english() else "zh",
        "kind": _("Report on workers' needs"),
        "title": page.title,
        "lead": page.lead,
        "issuer": words(sample.federation),
        "day": day_text(published),
        "sample": " · ".join(line),
        "contents": _("Contents"),
        "address": settings.BASE_URL.rstrip("/") + (page.url or ""),
        "made": _("Made on %(at)s") % {"at": moment_text(clock.now())},
        "items": [item for part in parts if (item := _item(part)) is not None],
        "method": _("How these figures were made"),
        "how": [*_how(survey, sample)],
        "source": settings.BASE_URL.rstrip("/") + survey.get_absolute_url(),
    }


def _how(survey: Any, sample: Sample) -> Iterator[str]:
    """How the figures were made, a sentence or two at a time."""
    yield _("The figures come from the survey “%(survey)s”.") % {
        "survey": own_words(survey, "title")
    }
    yield _(
        "Nobody typed a figure into this report: the platform counted each one and drew each chart."
    )
    if sample.effective:
        yield _(
            "Shares are weighted to the known numbers of workers, so that nobody counts for more "
            "because more of their kind answered. The answers are as sure as %(n)s of equal weight."
        ) % {"n": f"{sample.effective:.0f}"}
    yield _(
        "The thin line over a bar is Wilson's interval: of 20 such samples, 19 hold the true share "
        "of all workers. Where two lines overlap, the difference may be chance."
    )
    yield _(
        "Shares of fewer than five people are not shown, nor what they could be worked out from."
    )


def _item(part: Part) -> Item | None:
    kind, value = part.block.block_type, part.block.value
    if part.told is not None:
        return _fact_item(part.told)
    if kind == "section":
        return {"type": "section", "text": str(value)}
    if kind == "prose":
        return {"type": "prose", "parts": prose_parts(expand_db_html(value.source))}
    if kind == "quote":
        return {"type": "quote", "text": value["text"], "speaker": value["speaker"]}
    if kind == "picture" and value["image"]:
        return _picture(value)
    return None


def _picture(value: Any) -> Item | None:
    """The picture's own bytes; without its file the paper goes on without it."""
    try:
        rendition = value["image"].get_rendition(ON_PAPER)
        with rendition.file.open("rb") as body:
            data = list(body.read())
    except (OSError, SourceImageIOError):
        return None
    caption = " · ".join(filter(None, [value["caption"], value["credit"]]))
    return {"type": "picture", "alt": value["alt"], "caption": caption, "data": data}


def _fact_item(told: Told) -> Item | None:
    fact = told.fact
    if fact is None:
        return None
    since = {"frozen": _("Frozen at publication, %(at)s"), "live": _("Live, as of %(at)s")}
    item: Item = {"type": fact["kind"], "state": since[told.state] % {"at": moment_text(told.at)}}
    if fact["kind"] in CHARTS:
        _template, context = charts.TEMPLATES[fact["kind"]]
        item["title"] = words(fact.get("title", "")) or _("District by district")
        item["finding"] = summary_of(fact)
        return {**item, **_plain(fact["kind"], item["title"], context(fact))}
    return {**item, **LISTS[fact["kind"]](fact)}


def _plain(kind: str, title: str, context: dict[str, Any]) -> Item:
    """What the paper's drawing of a chart needs of what its template is told."""
    if kind == "flow":
        return {
            "title": context["caption"],
            "stages": [
                [stage["label"], stage["shown"], stage["percent"], stage["share"]]
                for stage in context["stages"]
            ],
        }
    if kind == "cross":
        lines = [
            [
                line["label"],
                *(cell["told"] for cell in line["cells"]),
                *([line["n"]] if "n" in line else []),
            ]
            for line in context["lines"]
        ]
        if context["people"]:
            lines.append([_("Number of people"), *context["people"]])
        more = [] if context["people"] else [_("Number of people")]
        title = _("%(title)s — by %(by)s") % {"title": title, "by": context["by"]}
        heads = [context["corner"], *context["heads"], *more]
        return {"title": title, "heads": heads, "lines": lines}
    if kind == "districts":
        lines = [[line["label"], *line["cells"]] for line in context["lines"]]
        return {"heads": [_("District"), *context["heads"]], "lines": lines}
    keys = ("rows", "ticks", "legend", "n")
    return {key: context[key] for key in keys if key in context}


def _numbers(fact: Fact) -> Item:
    def value(number: Fact) -> str:
        if number["unit"] == "fen":
            return wan_text(number["value"])
        if number["unit"] == "share":
            return charts.told_share(number)
        return count_text(number["value"])

    return {
        "numbers": [
            [value(n), words(n["label"]), words(n.get("note") or "")] for n in fact["numbers"]
        ]
    }


def _needs(fact: Fact) -> Item:
    def facts(need: Fact) -> str:
        said = [words(need["audience"]), words(need["category"])]
        if need["share"] is not None:
            said.append(_("named in %(share)s of answers") % {"share": percent(need["share"])})
        return " · ".join(said)

    def people(need: Fact) -> str:
        return _("%(n)s people") % {"n": count_text(need["headcount"])}

    return {"cards": [[words(n["title"]), people(n), facts(n)] for n in fact["needs"]]}


def _projects(fact: Fact) -> Item:
    def served(project: Fact) -> str:
        return _("%(n)s people served") % {"n": count_text(project["served"])}

    return {
        "cards": [
            [
                words(p["title"]),
                wan_text(p["fen"]),
                " · ".join([words(p["organisation"]), words(p["category"]), served(p)]),
            ]
            for p in fact["projects"]
        ]
    }


LISTS = {"numbers": _numbers, "needs": _needs, "projects": _projects}


class _Prose(HTMLParser):
    """Rich text as blocks of runs: what Typst is told instead of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Item] = []
        self.lists: list[str] = []
        self.marks: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or a run changes its look."""
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in ("p", "h2", "h3", "li", "hr"):
            kind = (self.lists or ["ul"])[-1] if tag == "li" else tag
            self.parts.append({"tag": kind, "runs": []})
        elif tag in ("b", "strong", "i", "em"):
            self.marks.append(tag[0] if tag in ("b", "i") else {"strong": "b", "em": "i"}[tag])
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """Back to how it was."""
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("b", "strong", "i", "em") and self.marks:
            self.marks.pop()
        elif tag == "a":
            self.link = ""

    def handle_data(self, data: str) -> None:
        """Words, as they are looked at now."""
        if not data.strip() and not self.parts:
            return
        if not self.parts:
            self.parts.append({"tag": "p", "runs": []})
        run = {"text": data, "b": "b" in self.marks, "i": "i" in self.marks, "link": self.link}
        self.parts[-1]["runs"].append(run)


def prose_parts(html: str) -> list[Item]:
    """[{tag, runs}] of rich text."""
    parser = _Prose()
    parser.feed(html)
    return parser.parts
