"""What can be done with a need: draw it from a survey's answers, word it, publish, retire it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.models import Need, Option, Survey
from bidding.needs.queries import share_of_option
from bidding.needs.states import NeedState
from bidding.needs.statistics import SMALLEST_CELL, Share
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import District
from foundation.permissions import allow


@operation
def draw_need(
    survey: Survey,
    *,
    option: Option,
    title: str,
    title_en: str = "",
    audience: str,
    audience_en: str = "",
    district: District | None = None,
    headcount: int,
    urgency: int,
    actor: Any,
) -> Need:
    """Draw up a need from an option that speaks for a category; its figures come along.

    The figures are those of the answers (of one district, when it is about one) as they are now,
    weighted where totals are known: the share, its interval, the question they came from;
    headcount and urgency are what the officer concludes from them.
    """
    survey = lock(survey)
    allow(actor, "draw_need", survey)
    share = _share(survey, option, district)
    assert option.category_id is not None  # `_share` refuses it
    need = Need(
        survey=survey,
        option=option,
        category_id=option.category_id,
        title=title,
        title_en=title_en,
        audience=audience,
        audience_en=audience_en,
        district=district,
        headcount=headcount,
        urgency=urgency,
        chosen=share.count or 0,
        answered=share.n,
        share=share.share,
        low=share.low,
        high=share.high,
        effective=share.effective,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            need.save()
    except IntegrityError:
        raise Clash(_("This need has been drawn up already."), field="district") from None
    record(
        actor,
        "draw_need",
        need,
        option=option.pk,
        question=option.question.code,
        chosen=share.count or 0,
        answered=share.n,
        share=share.share,
    )
    return need


def _share(survey: Survey, option: Option, district: District | None) -> Share:
    """The figures a need may carry; refuses foreign options and cells that point at people."""
    if option.question.survey_id != survey.pk or option.category_id is None:
        raise DomainError(_("Choose an answer of this survey that speaks for a category."))
    share = share_of_option(survey, option, district)
    if not share.count or share.count < SMALLEST_CELL:
        raise DomainError(
            _("Fewer than five people named this there: too few to show without pointing at them."),
            field="district",
        )
    return share


@operation
def edit_need(
    need: Need,
    *,
    title: str,
    title_en: str = "",
    audience: str,
    audience_en: str = "",
    headcount: int,
    urgency: int,
    actor: Any,
) -> Need:
    """Word a need, or weigh it anew; the counted figures stay."""
    need = lock(need)
    allow(actor, "edit_need", need)
    before = {"headcount": need.headcount, "urgency": need.urgency}
    need.title, need.title_en = title, title_en
    need.audience, need.audience_en = audience, audience_en
    need.headcount, need.urgency = headcount, urgency
    need.save()
    record(actor, "edit_need", need, before=before, headcount=headcount, urgency=urgency)
    return need


@operation
def publish_need(need: Need, *, actor: Any) -> Need:
    """Make the need public: it stands on the list, and calls may answer it."""
    need = lock(need)
    allow(actor, "publish_need", need)
    need.move_to(NeedState.PUBLISHED)
    record(actor, "publish_need", need)
    return need


@operation
def retire_need(need: Need, *, actor: Any) -> Need:
    """Take the need off the list; its page stays for those who point at it."""
    need = lock(need)
    allow(actor, "retire_need", need)
    need.move_to(NeedState.RETIRED)
    record(actor, "retire_need", need)
    return need
