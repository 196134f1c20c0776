"""What the styleguide shows: made-up facts in every state, never from the database."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.fields import DayField, MomentField, MoneyField, UsccField
from foundation.forms import Form


class SampleForm(Form):
    """One field of every sort."""

    title = forms.CharField(
        label=_("Title"), max_length=60, help_text=_("What a worker would call it; 60 characters.")
    )
    code = UsccField(label=_("Credit code"), help_text=_("18 characters, as on the certificate."))
    amount = MoneyField(label=_("Amount"), positive=True, help_text=_("In yuan."))
    starts_on = DayField(label=_("Begins"))
    closes_at = MomentField(label=_("Closes"), required=False)
    category = forms.ChoiceField(
        label=_("Category"),
        choices=[("", "—"), ("legal", _("legal aid")), ("care", _("life care"))],
    )
    way = forms.ChoiceField(
        label=_("How it is held"),
        widget=forms.RadioSelect,
        choices=[("hall", _("in a hall")), ("web", _("on line"))],
        help_text=_("One of the two."),
    )
    plan = forms.CharField(label=_("Plan"), widget=forms.Textarea, required=False)
    attachment = forms.FileField(label=_("Attachment"), required=False)
    agreed = forms.BooleanField(label=_("I have read the rules of the call"))


class SampleFilters(Form):
    """What the filters of a list look like."""

    q = forms.CharField(label=_("Words"), required=False)
    category = forms.ChoiceField(
        label=_("Category"),
        required=False,
        choices=[("", _("all")), ("legal", _("legal aid")), ("care", _("life care"))],
    )


def form_in_trouble() -> SampleForm:
    """A form somebody sent with mistakes in it."""
    return SampleForm(
        QueryDict("title=法律服务进园区&code=91310000MA1K00000X&amount=12元&starts_on=&plan=")
    )


def everything(request: HttpRequest) -> dict[str, Any]:
    """All the styleguide's page needs."""
    now = clock.now()
    return {
        "now": now,
        "today": clock.today(),
        "soon": now + dt.timedelta(days=3, hours=2),
        "past": now - dt.timedelta(minutes=42),
        "fen": 1_300_000_00,
        "form": SampleForm(),
        "wrong": form_in_trouble(),
        "filter_form": SampleFilters(request.GET or None),
        "page": Paginator(range(200), 24).get_page(request.GET.get("page", 4)),
        "bar_rows": BAR_ROWS,
        "interval_rows": INTERVAL_ROWS,
        "stack_rows": STACK_ROWS,
        "stack_series": [_("seed fund"), _("buyers"), _("own money")],
        "years": [2019, 2020, 2021, 2022, 2023, 2024],
        "line_series": [
            (_("paid"), [200_000_000, 310_000_000, 395_000_000, 620_000_000, 980_000_000, None]),
            (
                _("agreed"),
                [230_000_000, 350_000_000, 470_000_000, 760_000_000, 1_130_000_000, 1_300_000_000],
            ),
        ],
        "flow_stages": FLOW,
        "timeline_items": [
            {"title": _("Opens"), "at": now - dt.timedelta(days=20), "state": "done"},
            {
                "title": _("Questions until"),
                "at": now + dt.timedelta(days=2),
                "state": "now",
                "text": _("Every answer is public."),
            },
            {"title": _("Closes"), "at": now + dt.timedelta(days=12)},
        ],
        "step_items": [
            (_("The idea"), "done", "#steps"),
            (_("Team"), "done", "#steps"),
            (_("Budget"), "now", "#steps"),
            (_("Attachments"), "ahead", "#steps"),
        ],
        "document": SimpleNamespace(
            uuid="00000000-0000-4000-8000-000000000000", name="预算表.xlsx", size=153_600
        ),
        "tones": ["good", "warn", "bad", "info", "quiet"],
        "icons": ICONS.split(),
    }


BAR_ROWS = [
    (_("legal aid"), 61, "61 %"),
    (_("cultural literacy"), 47, "47 %"),
    (_("life care"), 38, "38 %"),
    (_("labour competition"), 12, "12 %"),
]
INTERVAL_ROWS = [
    (_("legal aid"), 61, "61 % (57–65)", 57, 65),
    (_("cultural literacy"), 47, "47 % (42–52)", 42, 52),
    (_("life care"), 38, "38 % (31–45)", 31, 45),
]
STACK_ROWS = [
    (_("legal aid"), [30_000_000, 22_000_000, 4_000_000]),
    (_("life care"), [18_000_000, 9_000_000, 0]),
    (_("cultural literacy"), [26_000_000, 31_000_000, 6_500_000]),
]
FLOW = [
    (_("appropriated"), 500_000_000, _("not allocated yet")),
    (_("allocated"), 430_000_000, _("not reserved yet")),
    (_("reserved"), 362_000_000, _("no agreement yet")),
    (_("encumbered"), 318_000_000, _("not owed yet")),
    (_("owed"), 171_000_000, _("not paid yet")),
    (_("paid"), 148_000_000, ""),
]
ICONS = (
    "add agreement award back bell book call check clock close day desk document download edit "
    "empty feed good info key link lock mail menu money next notice organisation payment people "
    "person place print project public score search shelf survey trail upload warn"
)
