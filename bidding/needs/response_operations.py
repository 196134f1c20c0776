"""Handing in a sheet: by the person, without a name, or typed in from paper by an officer."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs import sheet
from bidding.needs.collecting_models import Quota
from bidding.needs.models import Channel, Doubt, Response, Survey
from bidding.needs.queries import questionnaire_of
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError, WrongState
from foundation.operations import lock, operation
from foundation.organisations.models import District, Union
from foundation.permissions import SYSTEM, allow


@operation
def answer_survey(
    survey: Survey,
    *,
    token: uuid.UUID,
    answers: Mapping[str, Any],
    district: District | None = None,
    union: Union | None = None,
    doubt: str = Doubt.NONE,
    actor: Any,
) -> Response:
    """Hand in one sheet, without a name; the same token handed in again changes nothing.

    The trail says that a sheet came in, never who was signed in when it did.
    """
    survey = lock(survey)
    before = Response.objects.filter(token=token, survey=survey).first()
    if before is not None:
        return before
    allow(actor, "answer_survey", survey)
    stored = sheet.filled(questionnaire_of(survey), answers)
    response = _placed(Response(survey=survey, token=token, doubt=doubt, union=union), stored)
    response.district = response.district or district
    _refuse_full(response)
    response.save()
    record(SYSTEM, "answer_survey", response)
    return response


def _placed(response: Response, stored: dict[str, Any]) -> Response:
    """The response with its answers; district and industry go into their columns."""
    for item in questionnaire_of(response.survey).questions:
        if item.kind == "district" and item.code in stored:
            code = stored.pop(item.code)
            response.district = District.objects.filter(pk=code).first()
            if response.district is None:
                raise DomainError(_("Choose from the answers given."), field=item.code)
        elif item.kind == "industry" and item.code in stored:
            response.industry = stored.pop(item.code)
    response.answers = stored
    response.answered_at = clock.now()
    return response


def full_quota(survey: Survey, union: int | None, district: str | None, industry: str) -> bool:
    """Has a quota that is a cap been reached where this sheet comes from?"""
    for quota in Quota.objects.filter(survey=survey, is_cap=True):
        place = {"union": quota.union_id, "district": quota.district_id, "industry": quota.industry}
        own = {"union": union, "district": district, "industry": industry}
        named = next((name for name, value in place.items() if value), None)
        if named is None or place[named] != own[named]:
            continue
        rows = Response.objects.filter(survey=survey, **{named: place[named]})
        if rows.count() >= quota.wanted:
            return True
    return False


def _refuse_full(response: Response) -> None:
    place = (response.union_id, response.district_id, response.industry)
    if full_quota(response.survey, *place):
        raise WrongState(
            _("Enough answers have come from where you work. Thank you for wanting to take part.")
        )


def token_of(survey: Survey, number: str) -> uuid.UUID:
    """What makes a sheet of paper known again: its number, not readable from it."""
    return uuid.UUID(hex_token(survey.pk, number))


def hex_token(survey: int, number: str) -> str:
    """The same, as its 32 digits."""
    return hashlib.sha256(f"survey:{survey}:sheet:{number}".encode()).hexdigest()[:32]


@operation
def enter_sheet(
    survey: Survey,
    *,
    sheet_number: str,
    answers: Mapping[str, Any],
    district: District | None = None,
    union: Union | None = None,
    actor: Any,
) -> Response:
    """Type in one sheet of paper; its number may come once."""
    survey = lock(survey)
    allow(actor, "enter_sheet", survey)
    token = token_of(survey, sheet_number)
    if Response.objects.filter(token=token).exists():
        raise Clash(
            _("Sheet %(sheet)s is in already.") % {"sheet": sheet_number}, field="sheet_number"
        )
    stored = sheet.filled(questionnaire_of(survey), answers)
    response = _placed(
        Response(survey=survey, token=token, channel=Channel.PAPER, union=union), stored
    )
    response.district = response.district or district
    response.save()
    record(actor, "enter_sheet", survey)
    return response
