"""What auditors see, and what those see whom they ask."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of
from foundation.organisations.rules import acts_for, roles_of
from foundation.people.models import Person, Role
from foundation.people.queries import holders_of
from foundation.people.rules import is_auditor
from marketplace.auditing.models import Finding, Inspection, Item, Reading, Sample
from marketplace.auditing.rules import reads_inspections
from marketplace.auditing.states import FindingState, ItemState

OPEN = (FindingState.ASKED, FindingState.ANSWERED, FindingState.ACCEPTED)
"""States in which somebody still has something to do."""


def samples_visible_to(person: Any) -> QuerySet[Sample]:
    """Auditors see every sample, the newest first, with how far its items were looked at."""
    if not is_auditor(person):
        return Sample.objects.none()
    return (
        Sample.objects.select_related("fund", "call", "drawn_by")
        .annotate(
            left=Count("items", filter=Q(items__state=ItemState.DRAWN)),
            faulty=Count("items", filter=Q(items__state=ItemState.FAULTY)),
        )
        .order_by("-pk")
    )


def items_visible_to(person: Any) -> QuerySet[Item]:
    """The items of the samples the person sees."""
    if not is_auditor(person):
        return Item.objects.none()
    return Item.objects.select_related("sample", "checked_by")


def asked_of(person: Any) -> QuerySet[Finding]:
    """The findings the person is asked about: in person, or acting for a body."""
    if not (person and person.is_authenticated):
        return Finding.objects.none()
    bodies = [pk for pk in roles_of(person) if acts_for(person, pk)]
    return Finding.objects.filter(Q(officer=person.pk) | Q(body__in=bodies))


def findings_visible_to(person: Any) -> QuerySet[Finding]:
    """Auditors see all; others those they are asked about."""
    rows = Finding.objects.all() if is_auditor(person) else asked_of(person)
    return rows.select_related("body", "officer", "noted_by").order_by("-pk")


def answerers_of(finding: Finding) -> list[Person]:
    """The people who can answer now."""
    if finding.officer is not None:
        return [finding.officer]
    return list(officers_of(finding.body)) if finding.body else []


def auditors_of(finding: Finding) -> list[Person]:
    """Who follows the finding: who noted it, or every auditor once that one left the post."""
    noter = finding.noted_by
    if noter.is_active and Role.AUDITOR.value in noter.roles:
        return [noter]
    return list(holders_of(Role.AUDITOR.value))


def readings_visible_to(person: Any) -> QuerySet[Reading]:
    """Auditors see every reading, the newest first."""
    if not is_auditor(person):
        return Reading.objects.none()
    return Reading.objects.select_related("person", "organisation").order_by("-pk")


def readings_of(organisation: Organisation, person: Any) -> QuerySet[Reading]:
    """Who of the platform's own people read the organisation's papers: for who acts for it.

    Judges are not among them: who judges stays unknown. Nor are other organisations' people.
    """
    if not acts_for(person, organisation):
        return Reading.objects.none()
    return (
        Reading.objects.filter(organisation=organisation)
        .exclude(posts="")
        .exclude(posts__contains=Role.EXPERT.value)
        .select_related("person")
        .order_by("-pk")
    )


def inspections_visible_to(person: Any) -> QuerySet[Inspection]:
    """For auditors and administrators, the newest first."""
    if not reads_inspections.test(person, None):
        return Inspection.objects.none()
    return Inspection.objects.select_related("asked_by").order_by("-pk")
