"""Who may do what, and when: one law for each operation, asked through three functions.

A law has two halves. *Who* is a predicate on (person, subject): failing it is a 403. *When* is
a list of conditions on the subject: the first that fails answers with a sentence the person can
act on. Nobody is above the law: there is no superuser bypass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules import predicate
from rules.predicates import Predicate

from foundation.errors import Forbidden, WrongState

When = Callable[[Any], Any]
"""A condition on the subject: None when it holds, else the sentence that says why not."""


@dataclass(frozen=True)
class Law:
    """Who may call an operation, and when."""

    name: str
    who: Predicate
    when: tuple[When, ...]
    meaning: str | Promise


LAWS: dict[str, Law] = {}


class _System:
    """The platform itself, acting because time passed; never a person, never signed in."""

    pk = None
    is_authenticated = False
    is_active = True

    def __str__(self) -> str:
        return "system"


SYSTEM = _System()


@predicate
def is_system(person: Any) -> bool:
    """The platform itself, working off what is due."""
    return person is SYSTEM


@predicate
def is_signed_in(person: Any) -> bool:
    """Anybody with an account."""
    return bool(person and person.is_authenticated and person.is_active)


@predicate
def is_anyone(person: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def holds(role: str) -> Predicate:
    """The person holds this post on the platform now."""

    def test(person: Any) -> bool:
        return bool(
            person
            and person.is_authenticated
            and person.is_active
            and role in getattr(person, "roles", ())
        )

    return predicate(test, name=f"is {role}")


def may_become(state: str) -> When:
    """The subject's table of transitions allows the step to `state`."""

    def condition(subject: Any) -> Any:
        if subject.may_become(state):
            return None
        return _("This is “%(now)s”, so that is not possible now.") % {
            "now": subject.get_state_display()
        }

    condition.__name__ = f"may become {state}"
    return condition


def permit(
    name: str, *, who: Predicate, when: When | Iterable[When] = (), meaning: str | Promise
) -> Law:
    """Lay down the law for the operation `name`; a second law for the same name is a mistake."""
    if name in LAWS:
        raise ValueError(f"two laws for {name}")
    conditions = (when,) if callable(when) else tuple(when)
    LAWS[name] = Law(name, who, conditions, meaning)
    return LAWS[name]


def why_not(person: Any, name: str, subject: Any = None) -> Any:
    """None when `person` may do `name` now, else the refusal (a DomainError, not raised)."""
    law = LAWS[name]
    if not law.who.test(person, subject):
        return Forbidden(_("You are not allowed to do this."))
    for condition in law.when:
        sentence = condition(subject)
        if sentence:
            return WrongState(sentence)
    return None


def can(person: Any, name: str, subject: Any = None) -> bool:
    """May `person` do `name` to `subject` now? For showing or hiding a button."""
    return why_not(person, name, subject) is None


def may_ever(person: Any, name: str, subject: Any = None) -> bool:
    """Is `person` the one who does `name`, whatever the state? For gates of pages."""
    return bool(LAWS[name].who.test(person, subject))


def allow(person: Any, name: str, subject: Any = None) -> None:
    """Raise the refusal unless `person` may do `name` to `subject` now."""
    refusal = why_not(person, name, subject)
    if refusal is not None:
        raise refusal
