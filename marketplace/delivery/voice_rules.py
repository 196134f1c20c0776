"""Who may ask those served, answer, and end the asking."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation import clock
from foundation.organisations.rules import acts_for
from foundation.permissions import is_system, permit
from marketplace.delivery.models import Project
from marketplace.delivery.rules import delivers, runs
from marketplace.delivery.voice_models import Asking
from marketplace.delivery.voice_queries import is_one_of_them


@predicate
def buys_it(person: Any, project: Project) -> bool:
    """Acts for the project's buyer."""
    return acts_for(person, project.buyer_id)


@predicate
def deals_in(person: Any, asking: Asking) -> bool:
    """Acts for who delivers the project, or who buys it."""
    return delivers(person, asking.project) or buys_it(person, asking.project)


@predicate
def may_be_served(person: Any, asking: Asking) -> bool:
    """Anybody but those who deliver or buy."""
    return not is_one_of_them(person, asking)


def takes_answers(asking: Asking) -> Any:
    """It has not ended, and not everybody has answered."""
    if asking.ended_at is not None or clock.today() > asking.until_on:
        return _("Answers are not taken any more. Thank you for wanting to give one.")
    if asking.answers >= asking.people:
        return _("As many answers have come in as people were there. Thank you all the same.")
    return None


def goes_on(asking: Asking) -> Any:
    """It has not ended."""
    return _("It has ended already.") if asking.ended_at is not None else None


permit(
    "ask_served",
    who=delivers | buys_it,
    when=runs,
    meaning=_("ask those served by a project"),
)
permit(
    "rate_project",
    who=may_be_served,
    when=takes_answers,
    meaning=_("answer as one of those served, without a name"),
)
permit(
    "end_asking",
    who=deals_in | is_system,
    when=goes_on,
    meaning=_("take no more answers of those served"),
)
