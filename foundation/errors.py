"""Refusals: a sentence a person can act on, raised before anything has changed."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """The trade says no.

    `sentence` is shown to the person as it is (translatable, lazy); `field` names the form
    field it stands beside, when there is one. Whoever raises it has changed nothing, or the
    surrounding transaction undoes what was changed.
    """

    status = 409

    def __init__(self, sentence: Any, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(DomainError):
    """This person may not do this here, whatever the state (HTTP 403)."""

    status = 403


class WrongState(DomainError):
    """A person who may do this came at the wrong time: too early, too late, or second."""


class Clash(DomainError):
    """Somebody else was faster; nothing of theirs was overwritten."""


class Busy(DomainError):
    """Somebody else's work on the same thing took longer than one waits; nothing was changed."""
