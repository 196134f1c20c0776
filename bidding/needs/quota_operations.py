"""Saying how many answers are wanted from a union, a district or an industry."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.collecting_models import Quota
from bidding.needs.models import Survey
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import District, Union
from foundation.permissions import allow


@operation
def set_quota(
    survey: Survey,
    *,
    union: Union | None = None,
    district: District | None = None,
    industry: str = "",
    wanted: int,
    is_cap: bool = False,
    actor: Any,
) -> Quota:
    """Say how many answers are wanted from one place; said again, the number changes."""
    survey = lock(survey)
    allow(actor, "set_quota", survey)
    if sum(map(bool, (union, district, industry))) != 1:
        raise DomainError(_("Name a union or a district or an industry: exactly one of them."))
    if wanted < 1:
        raise DomainError(_("At least one answer has to be wanted."), field="wanted")
    try:
        with transaction.atomic():
            quota, _new = Quota.objects.update_or_create(
                survey=survey,
                union=union,
                district=district,
                industry=industry,
                defaults={"wanted": wanted, "is_cap": is_cap},
            )
    except IntegrityError:
        raise Clash(_("Somebody set this quota at this moment. Look at the list.")) from None
    record(actor, "set_quota", survey, quota=str(quota), wanted=wanted, is_cap=is_cap)
    return quota


@operation
def remove_quota(quota: Quota, *, actor: Any) -> Survey:
    """Want no particular number from there any more."""
    survey = lock(quota.survey)
    allow(actor, "remove_quota", quota)
    record(actor, "remove_quota", survey, quota=str(quota))
    quota.delete()
    return survey
