"""What can be done with a need: draw it from answers, word it, publish, retire, discard it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.models import Need, Option, QuestionKind, Survey
from bidding.needs.queries import Proposed, proposed_needs, severity_of, share_of_option
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
    severity_row: Option | None = None,
    actor: Any,
) -> Need:
    """Draw up a need from an option that speaks for a category; its figures come along.

    The figures are those of the answers (of one district, when it is about one), counted now and
    frozen; headcount and urgency are what the officer concludes from them. A `severity_row` of a
    grid lets the workers' own judgement stand in the urgency's place in the need's priority.
    """
    survey = lock(survey)
    allow(actor, "draw_need", survey)
    words = {
        "title": title,
        "title_en": title_en,
        "audience": audience,
        "audience_en": audience_en,
    }
    share = _figure(survey, option, district)
    facts = {"district": district, "headcount": headcount, "urgency": urgency, **words}
    facts |= _severity(survey, option, severity_row, district)
    need = _drawn(survey, option, share, **facts)
    record(actor, "draw_need", need, option=option.pk, **_counted(share))
    return need


def _severity(
    survey: Survey, option: Option, row: Option | None, district: District | None
) -> dict[str, Any]:
    """What the grid's row says of the need; refuses rows of elsewhere and of too few people."""
    if row is None:
        return {}
    if row.question.survey_id != survey.pk or row.question.kind != QuestionKind.GRID:
        raise DomainError(_("Choose a line of one of this survey's grids."), field="severity_row")
    found = severity_of(survey, option, row, district)
    if not found:
        raise DomainError(
            _("Fewer than five people judged this line there: too few to say how severe it is."),
            field="severity_row",
        )
    return found


def _figure(survey: Survey, option: Option, district: District | None) -> Share:
    """The figure a need may carry; refuses foreign options and cells that point at people."""
    if option.question.survey_id != survey.pk or option.category_id is None:
        raise DomainError(_("Choose an answer of this survey that speaks for a category."))
    share = share_of_option(survey, option, district)
    if not share.count or share.count < SMALLEST_CELL:
        raise DomainError(
            _("Fewer than five people named this there: too few to show without pointing at them."),
            field="district",
        )
    return share


def _drawn(survey: Survey, option: Option, share: Share, **facts: Any) -> Need:
    """The need as it is kept: its question, its answer and its figure as they are now."""
    question = option.question
    assert option.category_id is not None  # nothing else is proposed or drawn
    need = Need(
        survey=survey,
        option=option,
        category_id=option.category_id,
        asked=question.wording,
        asked_en=question.wording_en,
        named=option.wording,
        named_en=option.wording_en,
        chosen=share.count or 0,
        answered=share.n,
        share=share.share,
        low=share.low,
        high=share.high,
        effective=share.effective,
        created_at=clock.now(),
        **facts,
    )
    try:
        with transaction.atomic():
            need.save()
    except IntegrityError:
        raise Clash(_("This need has been drawn up already."), field="district") from None
    return need


def _counted(share: Share) -> dict[str, Any]:
    return {"chosen": share.count, "answered": share.n, "share": round(share.share or 0, 6)}


@operation
def draw_needs(
    survey: Survey,
    *,
    options: Iterable[Option],
    audience: str,
    audience_en: str = "",
    actor: Any,
) -> list[Need]:
    """Draw up several of the needs the answers suggest, each as it is proposed.

    Each has its answer's words for a title, and the headcount and urgency that follow from its
    share; one that has been drawn up meanwhile is left as it is.
    """
    survey = lock(survey)
    allow(actor, "draw_needs", survey)
    proposed = {row.option.pk: row for row in proposed_needs(survey)}
    drawn = []
    for option in options:
        row = proposed.get(option.pk)
        if row is None:
            raise DomainError(_("Choose among the needs the answers suggest."), field="options")
        if row.drawn is None:
            drawn.append(_as_proposed(survey, row, audience, audience_en))
    if not drawn:
        raise DomainError(_("Choose at least one need that is not drawn up yet."), field="options")
    record(actor, "draw_needs", survey, needs=[need.pk for need in drawn])
    return drawn


def _as_proposed(survey: Survey, row: Proposed, audience: str, audience_en: str) -> Need:
    return _drawn(
        survey,
        row.option,
        row.share,
        title=row.option.wording,
        title_en=row.option.wording_en,
        audience=audience,
        audience_en=audience_en,
        headcount=row.headcount,
        urgency=row.urgency,
    )


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
    """Make the need public (again): it stands on the list, and calls may answer it."""
    need = lock(need)
    allow(actor, "publish_need", need)
    need.move_to(NeedState.PUBLISHED, retired_reason="")
    record(actor, "publish_need", need)
    return need


@operation
def publish_needs(survey: Survey, *, actor: Any) -> list[Need]:
    """Make all needs public that were drawn up from a survey and are drafts."""
    survey = lock(survey)
    allow(actor, "publish_needs", survey)
    drafts = Need.objects.select_for_update().filter(survey=survey, state=NeedState.DRAFT)
    needs = list(drafts.order_by("pk"))
    for need in needs:
        need.move_to(NeedState.PUBLISHED)
    record(actor, "publish_needs", survey, needs=[need.pk for need in needs])
    return needs


@operation
def retire_need(need: Need, *, reason: str, actor: Any) -> Need:
    """Take the need off the list, with a public reason; its page stays for those who point at it.

    Publishing it again undoes this.
    """
    need = lock(need)
    allow(actor, "retire_need", need)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    need.move_to(NeedState.RETIRED, retired_reason=reason.strip())
    record(actor, "retire_need", need, reason=reason)
    return need


@operation
def discard_need(need: Need, *, actor: Any) -> None:
    """Throw a draft away, as if it had not been drawn up; it can be drawn up anew."""
    need = lock(need)
    allow(actor, "discard_need", need)
    record(actor, "discard_need", need, option=need.option_id)
    need.delete()
