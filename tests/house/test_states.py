"""Every state machine: each pair of states walked, and the database knows the same states."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from foundation.errors import WrongState
from foundation.states import MACHINES, Stateful
from tests.house import sources

sources.everything_imported()
BORN_OTHERWISE = {"objection": ("filed",)}
"""States a row may begin in besides the first (see test_source.BORN_OTHERWISE)."""
STATEFUL = [model for model in apps.get_models() if issubclass(model, Stateful)]
PAIRS = [
    (model, old, new)
    for model in STATEFUL
    for old in model.machine.states.values
    for new in model.machine.states.values
]


@pytest.mark.parametrize(
    ("model", "old", "new"), PAIRS, ids=lambda x: getattr(x, "__name__", None) or str(x)
)
def test_each_step_is_taken_or_refused_as_the_table_says(model, old, new, monkeypatch):
    saved = []
    monkeypatch.setattr(model, "save", lambda self, **options: saved.append(options))
    thing = model(state=old)
    if model.machine.may(old, new):
        thing.move_to(new)
        assert (thing.state, saved) == (new, [{"update_fields": ["state"]}])
    else:
        with pytest.raises(WrongState):
            thing.move_to(new)
        assert (thing.state, saved) == (old, [])


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)
def test_the_database_knows_exactly_the_states_of_the_table(model):
    conditions = [
        constraint.condition
        for constraint in model._meta.constraints
        if constraint.name == f"{model.machine.name}_state_known"
    ]
    assert conditions == [models.Q(state__in=sorted(model.machine.states.values))]
    assert model._meta.get_field("state").default == model.machine.start.value


def test_every_table_of_transitions_belongs_to_a_model():
    assert sorted(MACHINES) == sorted(model.machine.name for model in STATEFUL)


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_state_can_be_reached(name):
    machine = MACHINES[name]
    reached = {machine.start, *map(machine.states, BORN_OTHERWISE.get(name, ()))}
    while more := {new for old in reached for new in machine.transitions[old]} - reached:
        reached |= more
    assert {state.value for state in machine.states} - {state.value for state in reached} == set()
