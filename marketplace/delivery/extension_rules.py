"""Who may ask for more time, withdraw that, grant and refuse it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.permissions import may_become, permit
from marketplace.delivery.models import Extension, Milestone
from marketplace.delivery.rules import is_judge_of, is_provider, is_running
from marketplace.delivery.states import ExtensionState, MilestoneState


@predicate
def asked_it(person: Any, extension: Extension) -> bool:
    """Acts for the organisation that delivers."""
    return is_provider(person, extension.milestone)


@predicate
def decides_it(person: Any, extension: Extension) -> bool:
    """Acts for the buyer, and has nothing to do with the organisation that delivers."""
    return is_judge_of(person, extension.milestone)


def is_not_asked(milestone: Milestone) -> Any:
    """No request waits."""
    if any(asked.state == ExtensionState.ASKED for asked in milestone.extensions.all()):
        return _("More time is asked for already; wait for the answer, or withdraw it.")
    return None


def project_runs(extension: Extension) -> Any:
    """Its project runs."""
    return is_running(extension.milestone)


def is_not_reported(extension: Extension) -> Any:
    """What is reported waits for its acceptance, not for more time."""
    return may_become(MilestoneState.REPORTED)(extension.milestone)


permit(
    "ask_extension",
    who=is_provider,
    when=(is_running, may_become(MilestoneState.REPORTED), is_not_asked),
    meaning=_("ask for more time for a milestone"),
)
permit(
    "withdraw_extension",
    who=asked_it,
    when=may_become(ExtensionState.WITHDRAWN),
    meaning=_("withdraw a request for more time"),
)
permit(
    "grant_extension",
    who=decides_it,
    when=(project_runs, may_become(ExtensionState.GRANTED), is_not_reported),
    meaning=_("grant more time for a milestone"),
)
permit(
    "refuse_extension",
    who=decides_it,
    when=(project_runs, may_become(ExtensionState.REFUSED)),
    meaning=_("refuse more time for a milestone"),
)
