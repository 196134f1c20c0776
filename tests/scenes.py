"""Scenes: what several tests of one module begin with, played once for all of them.

`@scene` stands where `@pytest.fixture` would. The scene is played in a transaction that stays open
for the module's tests; each of them runs in a savepoint of its own inside it and gets its own copy
of what the scene returns, so no test sees what another changed. (Django's `setUpTestData` does the
same for classes.) The module's other tests come first: they do not find the scene there.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from django.db import transaction

STANDS = "{}_stands"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[ExitStack]:
    """The transaction a module's scenes are played in; closing it sends them home."""
    with ExitStack() as curtain:
        curtain.enter_context(django_db_blocker.unblock())
        curtain.enter_context(transaction.atomic())
        curtain.callback(transaction.set_rollback, True)
        yield curtain


def _named(*names: str) -> Signature:
    return Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])


def scene(play: Callable[..., Any]) -> Any:
    """A fixture that gives each test a fresh copy of what `play` made once for the module.

    `play` may ask for other scenes of its module by name, and for no other fixture.
    """
    earlier = [STANDS.format(name) for name in signature(play).parameters]

    def stands(**scenes: Any) -> Any:
        scenes.pop("stage")
        return play(*(scenes[name] for name in earlier))

    def copied(**stood: Any) -> Any:
        return copy.deepcopy(stood[STANDS.format(play.__name__)])

    once: Any = stands
    once.__signature__ = _named("stage", *earlier)
    each: Any = copied
    each.__signature__ = _named(STANDS.format(play.__name__), "db")
    module = sys.modules[play.__module__]
    name = STANDS.format(play.__name__)
    setattr(module, name, pytest.fixture(scope="module", name=name)(once))
    return pytest.fixture(name=play.__name__)(each)
