"""Blocks whose facts are asked of the database, never typed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bidding.needs.models import Question, QuestionKind
from bidding.needs.results import bars_of
from bidding.needs.states import SurveyState
from cms import facts
from marketplace.delivery.models import Project

Context = dict[str, Any]

COUNTABLE = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE)

FIGURES = {
    "projects": _("projects"),
    "amount": _("money agreed for projects"),
    "served": _("people served"),
    "organisations": _("organisations that deliver"),
    "paid": _("money paid"),
}


class KeyFigures(blocks.StructBlock):
    """Up to four large numbers, each counted when the page is read."""

    figures = blocks.ListBlock(
        blocks.ChoiceBlock(choices=list(FIGURES.items()), label=_("figure")),
        min_num=1,
        max_num=4,
        label=_("figures"),
    )

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """The numbers as they are now (at most two queries)."""
        context = super().get_context(value, parent_context=parent_context)
        achieved = facts.achieved()
        shown = []
        for name in value["figures"]:
            if name == "paid":
                fen = facts.flow_of().paid
                shown.append({"fen": fen, "label": FIGURES[name]})
            elif name == "amount":
                shown.append({"fen": achieved.amount_fen, "label": FIGURES[name]})
            elif name in FIGURES:
                shown.append({"number": getattr(achieved, name), "label": FIGURES[name]})
        context["shown"] = shown
        return context

    class Meta:
        icon = "order"
        label = _("key figures")
        template = "cms/blocks/key_figures.html"


def question_choices() -> list[tuple[str, str]]:
    """Questions of published surveys whose answers can be counted."""
    rows = Question.objects.filter(
        survey__state=SurveyState.PUBLISHED, kind__in=COUNTABLE
    ).select_related("survey")
    return [(str(q.pk), f"{q.survey}: {q.wording}") for q in rows.order_by("survey", "position")]


class QuestionChart(blocks.StructBlock):
    """How workers answered one question, as bars."""

    question = blocks.ChoiceBlock(choices=question_choices, label=_("question"))

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """The counted answers, out of those the report page has asked for; else nothing."""
        context = super().get_context(value, parent_context=parent_context)
        result = (parent_context or {}).get("results", {}).get(value["question"])
        context["result"] = result
        context["rows"] = bars_of(result) if result else []
        return context

    class Meta:
        icon = "tasks"
        label = _("chart of a question")
        template = "cms/blocks/question_chart.html"


class NeedCards(blocks.StructBlock):
    """The needs that came out of the page's survey (of all, on other pages)."""

    count = blocks.IntegerBlock(min_value=1, max_value=12, default=6, label=_("how many"))

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """The needs as they stand."""
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        context["needs"] = facts.needs_of(getattr(page, "survey", None), value["count"])
        return context

    class Meta:
        icon = "group"
        label = _("cards of needs")
        template = "cms/blocks/need_cards.html"


class OpenCalls(blocks.StaticBlock):
    """The calls one can bid in at this moment."""

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """Open calls, soonest to close first."""
        context = super().get_context(value, parent_context=parent_context)
        context["calls"] = list(facts.open_calls()[:6])
        return context

    class Meta:
        icon = "date"
        label = _("open calls")
        admin_text = _("Shows the calls that are open when the page is read.")
        template = "cms/blocks/open_calls.html"


def project_choices() -> list[tuple[str, str]]:
    """The newest projects, by number and title."""
    rows = Project.objects.order_by("-year", "-pk").values_list("number", "title")[:300]
    return [(number, f"{number} {title}") for number, title in rows]


class ProjectCard(blocks.StructBlock):
    """One project with its state, money and people."""

    project = blocks.ChoiceBlock(choices=project_choices, label=_("project"))

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """The project as it stands."""
        context = super().get_context(value, parent_context=parent_context)
        rows = Project.objects.select_related("category", "organisation", "buyer")
        context["project"] = rows.filter(number=value["project"]).first()
        return context

    class Meta:
        icon = "doc-full"
        label = _("card of a project")
        template = "cms/blocks/project_card.html"


class FundFlow(blocks.StaticBlock):
    """How far the fund's money has come."""

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        """The flow over all funds."""
        context = super().get_context(value, parent_context=parent_context)
        context["flow"] = facts.flow_of()
        return context

    class Meta:
        icon = "download"
        label = _("flow of the money")
        admin_text = _("Shows how far the fund's money has come when the page is read.")
        template = "cms/blocks/fund_flow.html"
