"""States, laws, operations and forms: the habits every room is built on."""

import pytest
from django import forms as django_forms
from django.db import models
from django.test import RequestFactory
from django.utils.translation import override

from cms.management.house_docs import pages
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.forms import Form, posted
from foundation.http import page_of
from foundation.operations import OPERATIONS, operation
from foundation.permissions import (
    LAWS,
    SYSTEM,
    allow,
    can,
    is_anyone,
    is_signed_in,
    is_system,
    may_ever,
    permit,
    why_not,
)
from foundation.states import MACHINES, Machine
from tests.factories.organisations import make_person


class Light(models.TextChoices):
    RED = "red"
    GREEN = "green"


@pytest.fixture(autouse=True)
def _own_registries():
    # a room first loaded during a test would lose its laws with the test's own
    pages()
    before = [dict(registry) for registry in (MACHINES, LAWS, OPERATIONS)]
    yield
    for registry, kept in zip((MACHINES, LAWS, OPERATIONS), before, strict=True):
        registry.clear()
        registry.update(kept)


def test_a_machine_without_a_row_for_a_state_is_a_mistake():
    with pytest.raises(ValueError, match="green"):
        Machine("light", Light, {Light.RED: {Light.GREEN}}, start=Light.RED)


def test_a_machine_knows_its_steps():
    machine = Machine(
        "light", Light, {Light.RED: {Light.GREEN}, Light.GREEN: set()}, start=Light.RED
    )
    steps = {(a, b): machine.may(a, b) for a in Light.values for b in Light.values}
    assert [pair for pair, allowed in steps.items() if allowed] == [("red", "green")]


def test_who_fails_is_a_403_and_when_fails_is_a_sentence():
    permit(
        "try_it",
        who=is_signed_in,
        when=lambda subject: None if subject == "ready" else "Not ready yet.",
        meaning="Try it",
    )
    person = _Person()
    assert can(person, "try_it", "ready")
    refusal = why_not(person, "try_it", "waiting")
    assert (type(refusal), str(refusal), refusal.status) == (WrongState, "Not ready yet.", 409)
    assert may_ever(person, "try_it", "waiting")
    with pytest.raises(Forbidden) as forbidden:
        allow(_Person(active=False), "try_it", "ready")
    assert forbidden.value.status == 403


class _Person:
    pk = 1
    is_authenticated = True

    def __init__(self, active=True):
        self.is_active = active


def test_two_laws_or_two_operations_of_one_name_are_a_mistake():
    permit("once", who=is_anyone, meaning="Once")
    with pytest.raises(ValueError, match="two laws"):
        permit("once", who=is_anyone, meaning="Once")

    def once():
        pass

    operation(once)
    with pytest.raises(ValueError, match="two operations"):
        operation(once)


def test_only_the_platform_is_the_system():
    assert is_system.test(SYSTEM, None)
    assert not is_system.test(_Person(), None)


class Wish(Form):
    wish = django_forms.CharField()


def sent(**typed):
    return Wish(*posted(RequestFactory().post("/", typed)))


def test_a_form_acts_and_a_refusal_stands_beside_its_field():
    def grant(*, wish, actor):
        if wish == "moon":
            raise DomainError("Too far.", field="wish")
        if wish == "sun":
            raise DomainError("Too hot.", field="elsewhere")
        if wish == "crown":
            raise Forbidden("No.")
        return (wish, actor)

    assert sent(wish="tea").sent()
    form = sent(wish="tea")
    assert form.sent()
    assert form.attempt(grant, actor=7) == ("tea", 7)
    for wish, errors in (("moon", {"wish": ["Too far."]}), ("sun", {"__all__": ["Too hot."]})):
        form = sent(wish=wish)
        assert form.sent()
        assert form.attempt(grant, actor=7) is None
        assert form.errors == errors
    form = sent(wish="crown")
    assert form.sent()
    with pytest.raises(Forbidden):
        form.attempt(grant, actor=7)


def test_an_unsent_form_is_not_sent():
    assert not Wish(*posted(RequestFactory().get("/"))).sent()
    with override("en"):
        form = sent(wish="")
        assert not form.sent()
        assert form.errors == {"wish": ["This field is required."]}


@pytest.mark.parametrize(("asked", "given"), [("2", 2), ("99", 3), ("x", 1), ("-1", 3), ("", 1)])
def test_a_page_that_is_not_there_becomes_the_nearest(asked, given):
    request = RequestFactory().get("/", {"page": asked})
    assert page_of(request, list(range(50)), per_page=24).number == given


@pytest.mark.django_db
def test_an_operation_happens_whole_or_not_at_all():
    from foundation.people.models import Person

    @operation
    def half():
        make_person("stays out")
        raise DomainError("No.")

    with pytest.raises(DomainError):
        half()
    assert not Person.objects.filter(name="stays out").exists()
