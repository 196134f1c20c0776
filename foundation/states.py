"""States and the tables of their transitions: what can it be, what can it become?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.errors import WrongState

MACHINES: dict[str, Machine] = {}


class Machine:
    """One kind of thing's states and which may follow which; `docs/states.md` is drawn from it."""

    def __init__(
        self,
        name: str,
        states: type[models.TextChoices],
        transitions: Mapping[Any, set[Any]],
        *,
        start: Any,
    ) -> None:
        missing = {s.value for s in states} - {s.value for s in transitions}
        if missing:
            raise ValueError(f"{name}: no row in the table for {sorted(missing)}")
        self.name = name
        self.states = states
        self.transitions = {states(k): frozenset(map(states, v)) for k, v in transitions.items()}
        self.start = states(start)
        MACHINES[name] = self

    def may(self, old: str, new: str) -> bool:
        """Is `new` one step away from `old`?"""
        return self.states(new) in self.transitions[self.states(old)]

    def field(self) -> models.CharField:
        """The column that holds the state."""
        return models.CharField(
            _("state"),
            max_length=20,
            choices=self.states.choices,
            default=self.start.value,
            editable=False,
            db_index=True,
        )

    def check(self) -> models.CheckConstraint:
        """The database's own word that no other value can stand in the column."""
        return models.CheckConstraint(
            condition=models.Q(state__in=sorted(self.states.values)),
            name=f"{self.name}_state_known",
        )


class Stateful(models.Model):
    """A row whose `state` changes through one door only, `move_to`."""

    machine: ClassVar[Machine]
    state: Any

    class Meta:
        abstract = True

    def may_become(self, new: str) -> bool:
        """Is the step from here to `new` in the table?"""
        return self.machine.may(self.state, new)

    def move_to(self, new: str, **changes: Any) -> None:
        """Take one step and save it, with the fields that change in the same breath.

        The caller holds the row's lock. Raises WrongState when the table has no such step.
        """
        if not self.may_become(new):
            raise WrongState(
                _("This is “%(now)s”, so it cannot become “%(new)s”.")
                % {
                    "now": self.machine.states(self.state).label,
                    "new": self.machine.states(new).label,
                }
            )
        self.state = self.machine.states(new).value
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=["state", *changes])  # type: ignore[misc]  # each machine's own column
