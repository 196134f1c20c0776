"""Blocks whose facts are asked of the database, never typed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from bidding.needs.models import Need, Question
from bidding.needs.states import NeedState, SurveyState
from cms import facts
from cms.reports.asking import KINDS, Asker
from cms.reports.numbers import figure_choices, in_both, number_fact
from cms.reports.shapes import Fact
from marketplace.delivery.models import Project
from marketplace.ledger.models import Fund

Context = dict[str, Any]
Choices = list[tuple[Any, Any]]


def hold() -> list[tuple[str, blocks.Block]]:
    """The choice every fact of a report has: frozen when the page is published, or live."""
    choices = [
        ("frozen", _("frozen when the page is published")),
        ("live", _("live, as it is when the page is read")),
    ]
    return [("hold", blocks.ChoiceBlock(choices=choices, default="frozen", label=_("the fact is")))]


class Chooser(blocks.ChoiceBlock):
    """A choice among rows of the database, which are read for an editor and not for a reader."""

    def normalize_choice(self, value: Any) -> Any:
        """The value as it was stored; whether its row is still there is the fact's to say."""
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: it would be the editors' list of choices, not what readers see."""
        return []


class FactBlock(blocks.StructBlock):
    """A block that says which fact it shows; a report page asks, freezes and keeps it."""

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The fact as it is now; None when its source is gone, not public, or has no data."""
        raise NotImplementedError  # this class is no block of its own: each kind below has its fact

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """What the page has asked for this block; on a page that is no report, asked here."""
        context: Context = super().get_context(value, parent_context=parent_context)
        told = context.get("told")
        context["fact"] = told.fact if told else self.fact(value, Asker())
        return context


class KeyFigures(FactBlock):
    """Up to four large numbers."""

    figures = blocks.ListBlock(
        Chooser(choices=figure_choices, label=_("figure")),
        min_num=1,
        max_num=4,
        label=_("figures"),
    )

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The numbers, those left out whose source is gone."""
        return number_fact(asker, list(value["figures"]))

    class Meta:
        icon = "order"
        label = _("key figures")
        template = "cms/blocks/key_figures.html"


def question_choices() -> Choices:
    """Questions of published surveys that can be counted, by survey, in both languages."""
    rows = Question.objects.filter(survey__state=SurveyState.PUBLISHED, kind__in=list(KINDS))
    groups: dict[int, tuple[str, Choices]] = {}
    order = ("-survey__closes_at", "-survey_id", "position")
    for question in rows.select_related("survey").order_by(*order):
        survey = in_both(question.survey, "title")
        _name, listed = groups.setdefault(question.survey_id, (survey, []))
        words = f"{question.position}. {in_both(question, 'wording')}"
        listed.append((str(question.pk), f"{words} ({question.get_kind_display()})"))
    return list(groups.values())


class QuestionChart(FactBlock):
    """How workers answered one question: bars with intervals, a ranking, a scale or a grid."""

    question = Chooser(choices=question_choices, label=_("question"))

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The counted answers, small cells held back."""
        return asker.question(value["question"])

    class Meta:
        icon = "tasks"
        label = _("chart of a question")
        template = "cms/blocks/chart.html"


def group_choices() -> Choices:
    """What answers can be told apart by: where and in what line people work, another question."""
    places = [
        ("district", _("district")),
        ("industry", _("industry")),
        ("union", _("type of union")),
    ]
    return [(_("Where people work"), places), *question_choices()]


class CrossTable(FactBlock):
    """A question's answers, told apart by another question or by where people work."""

    question = Chooser(choices=question_choices, label=_("question"))
    by = Chooser(choices=group_choices, label=_("told apart by"))

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The cross-table, small cells held back."""
        return asker.cross(value["question"], value["by"])

    def clean(self, value: Any) -> Any:
        """Two different questions, of the same survey."""
        cleaned = super().clean(value)
        if cleaned["by"].isdigit():
            pks = [cleaned["question"], cleaned["by"]]
            found = Question.objects.filter(pk__in=pks).values_list("survey", flat=True)
            if len(found) != 2 or len(set(found)) != 1:
                fault = _("Choose another question of the same survey.")
                raise StructBlockValidationError({"by": ValidationError(fault)})
        return cleaned

    class Meta:
        icon = "table"
        label = _("cross-table")
        template = "cms/blocks/chart.html"


class DistrictTable(FactBlock):
    """Answers, needs or projects, district by district."""

    shows = blocks.ChoiceBlock(
        choices=[
            ("answers", _("answers to the survey")),
            ("needs", _("needs")),
            ("projects", _("projects and people served")),
            ("all", _("all three")),
        ],
        default="all",
        label=_("shows"),
    )

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The table, answers of fewer than five people held back."""
        return asker.districts(value["shows"])

    class Meta:
        icon = "site"
        label = _("table of districts")
        template = "cms/blocks/chart.html"


class NeedCards(FactBlock):
    """The needs that came out of the page's survey (of all, on other pages)."""

    count = blocks.IntegerBlock(min_value=1, max_value=12, default=6, label=_("how many"))

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The needs, the most urgent first."""
        return asker.needs(value["count"])

    class Meta:
        icon = "group"
        label = _("cards of needs")
        template = "cms/blocks/need_cards.html"


def need_choices() -> Choices:
    """Public needs, the newest first."""
    rows = Need.objects.filter(state=NeedState.PUBLISHED).order_by("-pk")[:300]
    return [(str(need.pk), in_both(need, "title")) for need in rows]


class NeedCard(FactBlock):
    """One need with its figures."""

    need = Chooser(choices=need_choices, label=_("need"))

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The need, unless it was retired."""
        return asker.one_need(value["need"]) if value["need"].isdigit() else None

    class Meta:
        icon = "user"
        label = _("card of a need")
        template = "cms/blocks/need_cards.html"


class OpenCalls(blocks.StaticBlock):
    """The calls one can bid in at this moment; never frozen, or it would invite to closed ones."""

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """Open calls, soonest to close first."""
        context: Context = super().get_context(value, parent_context=parent_context)
        context["calls"] = list(facts.open_calls()[:6])
        return context

    class Meta:
        icon = "date"
        label = _("open calls")
        admin_text = _("Shows the calls that are open when the page is read.")
        template = "cms/blocks/open_calls.html"


def project_choices() -> Choices:
    """The newest projects, by number and title."""
    rows = Project.objects.order_by("-year", "-pk").values_list("number", "title")[:300]
    return [(number, f"{number} {title}") for number, title in rows]


class ProjectCard(FactBlock):
    """One project with its state, money and people."""

    project = Chooser(choices=project_choices, label=_("project"))

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The project as it stands."""
        return asker.projects([value["project"]])

    class Meta:
        icon = "doc-full"
        label = _("card of a project")
        template = "cms/blocks/project_cards.html"


class ProjectCards(FactBlock):
    """Some projects side by side."""

    projects = blocks.ListBlock(
        Chooser(choices=project_choices, label=_("project")),
        min_num=1,
        max_num=9,
        label=_("projects"),
    )

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The projects as they stand, in the order given."""
        return asker.projects(list(value["projects"]))

    class Meta:
        icon = "copy"
        label = _("cards of projects")
        template = "cms/blocks/project_cards.html"


def fund_choices() -> Choices:
    """Every fund, the newest first."""
    return [(fund.code, in_both(fund, "name")) for fund in Fund.objects.order_by("-starts_on")]


class FundFlow(FactBlock):
    """How far the money of a fund (of all, when none is chosen) has come."""

    fund = Chooser(choices=fund_choices, required=False, label=_("fund"))

    def normalize(self, value: Any) -> Any:
        """Nothing chosen: all funds together."""
        return super().normalize(value or {})

    def fact(self, value: Any, asker: Asker) -> Fact | None:
        """The flow from what came in to what was paid."""
        return asker.flow(value.get("fund") or "")

    class Meta:
        icon = "download"
        label = _("flow of the money")
        template = "cms/blocks/chart.html"
