"""What agreements and their tranches are called in the book and among the payments."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.agreements.models import Agreement, Gate, Tranche
from marketplace.agreements.queries import agreements_visible_to
from marketplace.ledger.names import Name, names


@names("agreement")
def name_agreements(person: Any, numbers: list[int]) -> dict[int, Name]:
    """By number and title."""
    rows = Agreement.objects.filter(pk__in=numbers).annotate(seen=_seen(person, "pk"))
    return {
        agreement.pk: Name(str(agreement), _page(agreement.pk) if agreement.seen else "")
        for agreement in rows
    }


@names("tranche")
def name_tranches(person: Any, numbers: list[int]) -> dict[int, Name]:
    """By what is delivered, which part it is, and what had to happen first."""
    rows = Tranche.objects.filter(pk__in=numbers).annotate(seen=_seen(person, "agreement"))
    return {
        tranche.pk: Name(
            _("%(title)s: tranche %(position)s (%(gate)s)")
            % {
                "title": tranche.agreement.title,
                "position": tranche.position,
                "gate": Gate(tranche.gate).label,
            },
            _page(tranche.agreement_id) if tranche.seen else "",
        )
        for tranche in rows.select_related("agreement")
    }


def _seen(person: Any, key: str) -> Exists:
    """May the person open the agreement?"""
    return Exists(agreements_visible_to(person).filter(pk=OuterRef(key)))


def _page(number: int) -> str:
    return reverse("agreements:agreement", args=[number])
