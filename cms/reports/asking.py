"""Facts asked of the database for the blocks of one page, each table read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from bidding.needs import statistics
from bidding.needs.crossing import crossed
from bidding.needs.figures import QuestionResult, share_of
from bidding.needs.frames import texts_of, weighed_or_plain
from bidding.needs.models import Need, Option, Question, QuestionKind, Survey
from bidding.needs.queries import Counted, counted_of, published_needs
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.variables import variables
from bidding.sampling.frame import DISTRICT
from bidding.sampling.weighing import Weighed
from cms.reports.shapes import Fact, Pair, cell
from foundation.face.values import own_words
from foundation.organisations.models import District
from marketplace.delivery.models import Project
from marketplace.ledger.flow import returns_of
from marketplace.ledger.models import Fund, Place
from marketplace.ledger.queries import flow_of, sums_by_place

KINDS = {
    QuestionKind.SINGLE: "bars",
    QuestionKind.MULTIPLE: "bars",
    QuestionKind.RANKING: "ranking",
    QuestionKind.SCALE: "scale",
    QuestionKind.GRID: "grid",
}
"""How a question's answers are drawn; what is not here cannot be counted into a chart."""

PLACES = ("district", "industry", "union")
SUMS = ("projects", "amount", "served", "organisations")


def both(say: Callable[[], Any]) -> Pair:
    """What `say` says in Chinese and in English."""
    pair = []
    for code in ("zh-hans", "en"):
        with override(code):
            pair.append(str(say()))
    return pair


def spelt(thing: Any) -> Pair:
    """What a thing is called, in the words of each language."""
    return both(lambda: thing)


def said(thing: Any, name: str = "wording") -> Pair:
    """A person's words in both languages."""
    return both(lambda: own_words(thing, name))


class Asker:
    """Asks for one page; what it has read once it does not ask for again."""

    def __init__(self, survey: Survey | None = None) -> None:
        self.survey = survey if survey and survey.state == SurveyState.PUBLISHED else None
        self._results: dict[int, list[QuestionResult]] = {}
        self._surveys: dict[int, Survey] = {self.survey.pk: self.survey} if self.survey else {}
        self._sums: dict[int | None, dict[str, int]] = {}
        self._once: dict[Any, Any] = {}

    def once(self, key: Any, ask: Callable[[], Any]) -> Any:
        """What `ask` found, asked the first time only."""
        if key not in self._once:
            self._once[key] = ask()
        return self._once[key]

    def results(self, survey: Survey) -> list[QuestionResult]:
        """The survey's results, question by question."""
        if survey.pk not in self._results:
            self._results[survey.pk] = self.counted(survey).results
        return self._results[survey.pk]

    def _loaded(self) -> Iterable[tuple[Survey, QuestionResult]]:
        if self.survey:
            self.results(self.survey)
        for pk, results in self._results.items():
            for result in results:
                yield self._surveys[pk], result

    def _result(self, pk: str) -> tuple[Survey, QuestionResult] | None:
        """The question's survey and result; None when it is gone or not public."""
        for survey, result in self._loaded():
            if str(result.question.pk) == pk:
                return survey, result
        rows = Question.objects.filter(pk=pk) if pk.isdigit() else Question.objects.none()
        return self._fetched(rows.select_related("survey"), lambda: self._result(pk))

    def _fetched(self, rows: QuerySet[Question], again: Callable[[], Any]) -> Any:
        question = rows.filter(survey__state=SurveyState.PUBLISHED).first()
        if question is None or question.survey_id in self._results:
            return None
        self._surveys[question.survey_id] = question.survey
        self.results(question.survey)
        return again()

    def question(self, pk: str) -> Fact | None:
        """How a question was answered."""
        found = self._result(pk)
        if found is None or found[1].question.kind not in KINDS:
            return None
        survey, result = found
        question = result.question
        fact: Fact = {
            "kind": KINDS[QuestionKind(question.kind)],
            "title": said(question),
            "source": said(survey, "title"),
            "url": both(survey.get_absolute_url),
            "several": question.kind == QuestionKind.MULTIPLE,
            "n": result.n,
            "mean": result.mean,
        }
        if fact["kind"] == "grid":
            return {**fact, **self._grid(survey, result)}
        options = [
            {"label": said(row.option), "mean": row.mean, **cell(row.share)}
            for row in result.options
        ]
        levels = [{"label": [str(level)] * 2, **cell(share)} for level, share in result.levels]
        return {**fact, "rows": options or levels}

    def _grid(self, survey: Survey, result: QuestionResult) -> Fact:
        """Each statement with the shares of its levels, small ones held back row by row."""
        question, weighed = result.question, self.weighed(survey)
        places = range(1, len(question.levels) + 1)
        pairs = weighed.pairs(question.code)
        rows = []
        for row in result.options:
            answered: Counter[int] = Counter()
            took: dict[int, Counter[int]] = {place: Counter() for place in places}
            for sheets, (said_,), many in pairs:
                if isinstance(said_, dict) and (level := said_.get(row.option.code)):
                    answered[sheets] += many
                    took[level][sheets] += many
            counts = {place: took[place].total() for place in places}
            small = statistics.hidden_keys(counts, answered.total(), exclusive=True)
            cells = [
                cell(
                    statistics.hidden(0)
                    if place in small
                    else share_of(weighed, answered, took[place])
                )
                for place in places
            ]
            rows.append({"label": said(row.option), "mean": row.mean, "cells": cells})
        levels = [[one["wording"], one["wording_en"] or one["wording"]] for one in question.levels]
        return {"levels": levels, "rows": rows}

    def cross(self, pk: str, by: str) -> Fact | None:
        """A question's answers by another question's, or by a place's or line's of work."""
        found = self._result(pk)
        other = None if by in PLACES else self._result(by)
        if found is None or (other is None and by not in PLACES):
            return None
        survey, code = found[0], found[1].question.code
        asked = [result.question for result in self.results(survey)]
        known = self.once(("variables", survey.pk), lambda: variables(asked))
        columns = {own.code: own for own in known} | {
            own.question.kind: own for own in known if own.question and own.question.kind in PLACES
        }
        row, column = columns.get(code), columns.get(other[1].question.code if other else by)
        if row is None or column is None or row.column == column.column:
            return None
        cross = crossed(self.weighed(survey), row, column)
        return {
            "kind": "cross",
            "title": said(found[1].question),
            "by": said(cross.by),
            "source": said(survey, "title"),
            "url": both(survey.get_absolute_url),
            "n": cross.n,
            "columns": [
                {"label": said(label), "n": base}
                for label, base in zip(cross.columns, cross.bases, strict=True)
            ],
            "rows": [
                {
                    "label": said(label),
                    "cells": [cell(share) for share in cells],
                    "total": cell(total),
                }
                for label, cells, total in zip(cross.rows, cross.cells, cross.totals, strict=True)
            ],
        }

    def sums(self, year: int | None = None) -> dict[str, int]:
        """What projects add up to, over all years or in one."""
        if year not in self._sums:
            rows = Project.objects.filter(year=year) if year else Project.objects.all()
            self._sums[year] = rows.aggregate(
                projects=Count("pk"),
                amount=Sum("amount_fen", default=0),
                served=Sum("served", default=0),
                organisations=Count("organisation", distinct=True),
            )
        return self._sums[year]

    def share(self, option: str) -> tuple[QuestionResult, Any] | None:
        """A choice's result with its question's."""
        for _survey, result in self._loaded():
            for row in result.options:
                if str(row.option.pk) == option:
                    return result, row
        pks = (
            Option.objects.filter(pk=option).values_list("question", flat=True)
            if option.isdigit()
            else []
        )
        rows = Question.objects.filter(pk__in=pks).select_related("survey")
        found: tuple[QuestionResult, Any] | None = self._fetched(rows, lambda: self.share(option))
        return found

    def answers(self, pk: str) -> tuple[Survey, int] | None:
        """A public survey and how many sheets came in."""
        rows = Survey.objects.filter(state=SurveyState.PUBLISHED)
        survey = self._surveys.get(int(pk)) or rows.filter(pk=pk).first()
        return (survey, self.counted(survey).n) if survey else None

    def counted(self, survey: Survey) -> Counted:
        """The survey's figures, and how many answered how surely."""
        found: Counted = self.once(("counted", survey.pk), lambda: counted_of(survey))
        return found

    def weighed(self, survey: Survey) -> Weighed:
        """The survey's sheets, as they were when its results were published."""
        asked = [result.question for result in self.results(survey)]
        texts = texts_of(asked)
        found: Weighed = self.once(
            ("weighed", survey.pk), lambda: weighed_or_plain(survey, texts)[0]
        )
        return found

    def need(self, pk: str) -> Need | None:
        """A public need."""
        return published_needs().filter(pk=pk).first()

    def needs(self, count: int) -> Fact | None:
        """The most urgent needs of the page's survey (of all, elsewhere)."""
        rows = published_needs().select_related("category", "district")
        if self.survey is not None:
            rows = rows.filter(survey=self.survey)
        return _needs(rows.order_by("-urgency", "-headcount", "pk")[:count])

    def one_need(self, pk: str) -> Fact | None:
        """One need."""
        rows = published_needs().filter(pk=pk).select_related("category", "district")
        return _needs(rows)

    def projects(self, numbers: list[str]) -> Fact | None:
        """Projects by number, in the order given; those that are gone are left out."""
        rows = Project.objects.filter(number__in=numbers)
        there = {row.number: row for row in rows.select_related("category", "organisation")}
        found = [there[number] for number in numbers if number in there]
        if not found:
            return None
        return {
            "kind": "projects",
            "projects": [
                {
                    "title": [project.title] * 2,
                    "url": both(project.get_absolute_url),
                    "state": both(project.get_state_display),
                    "category": spelt(project.category),
                    "organisation": said(project.organisation, "name"),
                    "fen": project.amount_fen,
                    "served": project.served,
                }
                for project in found
            ],
        }

    def districts(self, shows: str) -> Fact | None:
        """Answers, needs or projects (or all three) district by district, without a map."""
        columns = ["answers", "needs", "projects"] if shows == "all" else [shows]
        answers: dict[str, Fact] = {}
        if "answers" in columns and self.survey:
            answers = self.once("answers", self._answers_by_district)
        needs = self.once("needs", self._needs_by_district) if "needs" in columns else {}
        projects = self.once("projects", _projects_by_district) if "projects" in columns else {}
        rows = []
        for district in self.once("districts", lambda: list(District.objects.all())):
            row: Fact = {"label": said(district, "name")}
            if "answers" in columns:
                row["answers"] = answers.get(district.pk, {"count": 0, "share": 0})
            if "needs" in columns:
                row["needs"] = needs.get(district.pk, 0)
            if "projects" in columns:
                found = projects.get(district.pk, {})
                row["projects"] = found.get("projects", 0)
                row["served"] = found.get("served", 0) or 0
            rows.append(row)
        told = {"kind": "districts", "columns": columns, "rows": rows}
        return told if rows else None

    def _answers_by_district(self) -> dict[str, Fact]:
        assert self.survey is not None
        counts: Counter[str] = Counter()
        for _sheets, (district,), many in self.weighed(self.survey).pairs(DISTRICT):
            if district is not None:
                counts[str(district)] += many
        shares = statistics.shares(counts, sum(counts.values()), exclusive=True)
        return {pk: cell(share) for pk, share in shares.items()}

    def _needs_by_district(self) -> dict[str, int]:
        return _counted(Need.objects.filter(state=NeedState.PUBLISHED), "district", self.survey)

    def flow(self, code: str) -> Fact | None:
        """How far the money of a fund (of all funds) has come, and what came back."""
        fund = Fund.objects.filter(code=code).first() if code else None
        if code and fund is None:
            return None
        held = self.once(("held", code), lambda: sums_by_place(fund))
        stages = [
            {
                "label": spelt(row[0]),
                "fen": row[1],
                "stays": spelt(row[2]),
            }
            for row in flow_of(held)
        ]
        if not stages[0]["fen"]:
            return None
        ways = [
            {"label": spelt(way[0]), "fen": way[1], "start": way[2], "goal": way[3]}
            for way in returns_of(fund)
        ]
        title = said(fund, "name") if fund else both(lambda: _("All funds together"))
        return {"kind": "flow", "title": title, "stages": stages, "returns": ways}

    def paid(self) -> int:
        """What was paid out of all funds, in fen."""
        held = self.once(("held", ""), lambda: sums_by_place(None))
        return int(held[Place.PAID] + held[Place.RECEIVABLE])


def _counted(rows: QuerySet[Any], name: str, survey: Survey | None) -> dict[str, int]:
    if survey is not None:
        rows = rows.filter(survey=survey)
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))


def _projects_by_district() -> dict[str, dict[str, int]]:
    rows: QuerySet[Any, Any] = Project.objects.exclude(districts=None).values_list("districts")
    rows = rows.annotate(Count("pk"), Sum("served"))
    return {pk: {"projects": projects, "served": served} for pk, projects, served in rows}


def _figure(need: Need) -> Fact:
    """The share it was drawn up with; nothing where fewer than five named it."""
    small = statistics.hidden_keys({0: need.chosen}, need.answered, exclusive=False)
    return cell(statistics.hidden(0) if small or not need.figure else need.figure)


def _needs(rows: Iterable[Need]) -> Fact | None:
    needs = [
        {
            "title": said(need, "title"),
            "url": both(need.get_absolute_url),
            "audience": said(need, "audience"),
            "category": spelt(need.category),
            "where": said(need.district, "name") if need.district else None,
            "headcount": need.headcount,
            "urgency": need.urgency,
            **_figure(need),
        }
        for need in rows
    ]
    return {"kind": "needs", "needs": needs} if needs else None
