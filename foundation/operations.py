"""The shape of every operation: lock, allow, change, record, tell, in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from foundation.errors import Busy
from foundation.prepared import Prepared

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

OPERATIONS: dict[str, Callable[..., Any]] = {}

WAITED_IN_VAIN = {"55P03", "40P01"}
"""How PostgreSQL says it: a lock was not given in time, or two waited for each other."""


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as an operation: all of it happens, or none of it does.

    Whoever waited in vain for what another holds locked is told so (a worker tries again anyway).

    The house's tests hold every name registered here to a law and an audit action of the
    same name.
    """
    name = function.__name__
    if name in OPERATIONS:
        raise ValueError(f"two operations are called {name}")

    @functools.wraps(function)
    def within_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = not connection.in_atomic_block
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as fault:
            if outermost and getattr(fault.__cause__, "sqlstate", None) in WAITED_IN_VAIN:
                raise Busy(
                    _("Somebody else is at work on this. Nothing was changed: try again shortly.")
                ) from fault
            raise

    OPERATIONS[name] = within_transaction
    return within_transaction


def lock(subject: M, *related: str) -> M:
    """The subject as it stands now, its row locked until the transaction ends.

    PostgreSQL locks the row; SQLite has one writer at a time, and its transactions take that
    place when they begin. `related` names what to load along with it (not locked).
    """
    # __class__, not type(): request.user is a lazy object that stands for the person
    model: type[M] = subject.__class__
    found: list[M] = []
    if isinstance(model._meta.pk, models.AutoField):
        found = _locked(model, related)(subject.pk)
    # one that is gone is missed as the ORM misses it
    return found[0] if found else _locking(model, related).get(pk=subject.pk)


@functools.cache
def _locked(model: type[M], related: tuple[str, ...]) -> Prepared[M]:
    """The query behind `lock`, prepared once for each way it is asked."""
    return Prepared(lambda pk: _locking(model, related).filter(pk=pk))


def _locking(model: type[M], related: tuple[str, ...]) -> models.QuerySet[M]:
    rows = model._default_manager.select_for_update(of=("self",))
    # asked for nothing, select_related() would bring everything it can reach
    return rows.select_related(*related) if related else rows
