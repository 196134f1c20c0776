"""How a survey's published figures were made, for people, for machines and for data archives."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.needs.finding_models import Findings
from bidding.needs.models import Survey
from bidding.needs.queries import questions_of
from bidding.needs.variables import Label, totals_by
from bidding.sampling import codebook
from foundation.clock import SHANGHAI
from foundation.face.values import is_english, own_words

WEIGHTING = gettext_lazy("Raked to known totals of workers; see the method page of the survey")
CONDITIONS = gettext_lazy("Free to use with the source named; no attempt to recognise anybody")


def level_words(labels: dict[str, Label], codes: list[str]) -> str:
    """The names of levels that share a total; without codes: those who did not say."""
    if not codes:
        return _("did not say")
    separator = _(", ")
    return separator.join(
        own_words(labels[code], "wording") if code in labels else code for code in codes
    )


def how_made(survey: Survey, kept: Findings) -> dict[str, Any]:
    """What the page shows: each margin with its source and levels, and the open file."""
    known = totals_by(questions_of(survey))
    margins = []
    for one in kept.record["margins"]:
        own = known.get(one["margin"])
        labels = {label.code: label for label in own.labels} if own else {}
        words = own_words(own, "wording") if own else one["margin"]
        workers = {tuple(codes): many for codes, many in one["groups"]}
        levels = [
            (
                level_words(labels, level["codes"]),
                level["sheets"],
                workers.get(tuple(level["codes"])),
                round(level["raked"]),
            )
            for level in one["levels"]
            if level["wanted"] or level["sheets"] != 0
        ]
        dated_on = dt.date.fromisoformat(one["dated_on"])
        margins.append({**one, "words": words, "rows": levels, "dated_on": dated_on})
    own_language = 1 if is_english() else 0
    columns = [
        (one["name"], one["label"][own_language] or one["label"][0])
        for one in kept.release["columns"]
    ]
    return {"margins": margins, "columns": columns, "release": kept.release}


def method_of(survey: Survey, kept: Findings) -> dict[str, Any]:
    """Everything the figures were made with, and every figure."""
    release = {name: value for name, value in kept.release.items() if name != "columns"}
    return {
        "survey": survey.slug,
        "title": survey.title,
        "title_en": survey.title_en,
        "made_at": kept.made_at.isoformat(),
        "method": kept.method,
        "sheets": kept.sheets,
        "effective_n": kept.effective,
        "rounds": kept.rounds,
        "weights_sha256": kept.weights_sha256,
        "figures_sha256": kept.figures_sha256,
        **kept.record,
        "open_file": release,
        "share_fields": ["n", "people", "share", "low_95", "high_95", "unweighted", "effective_n"],
        "figures": kept.figures,
    }


def codebook_of(survey: Survey, kept: Findings) -> bytes:
    """The open file's DDI-Codebook."""

    def both(words: Any) -> codebook.Words:
        with translation.override("zh-hans"):
            chinese = str(words)
        with translation.override("en"):
            return chinese, str(words)

    def day(moment: Any) -> str:
        return moment.astimezone(SHANGHAI).date().isoformat() if moment else ""

    release = kept.release
    variables = [
        codebook.Variable(
            one["name"],
            tuple(one["label"]),
            tuple(one["asked"]),
            tuple((value, tuple(words), people) for value, words, people in one["values"]),
            one["is_number"],
        )
        for one in release["columns"]
    ]
    return codebook.codebook(
        codebook.Study(
            identifier=f"survey-{survey.slug}",
            title=(survey.title, survey.title_en),
            abstract=(survey.intro or survey.title, survey.intro_en),
            producer=(settings.WAGTAIL_SITE_NAME, ""),
            began_on=day(survey.opens_at),
            ended_on=day(survey.closes_at),
            made_on=day(kept.made_at),
            universe=both(gettext_lazy("Workers of the area")),
            sampling=both(gettext_lazy("Open to every worker, without a name; nobody was drawn")),
            weighting=both(WEIGHTING),
            conditions=both(CONDITIONS),
            file_name=f"survey-{survey.slug}-data.csv",
            rows=release["rows"],
            collection=both(gettext_lazy("On line and on paper")),
            variables=variables,
        )
    )
