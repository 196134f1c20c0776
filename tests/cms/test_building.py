"""The site is built by who may, once; building again adds only what is new."""

import pytest
from wagtail.models import Page

from cms.models import HomePage
from cms.site import build_site
from foundation.audit.models import Entry
from foundation.errors import Forbidden
from foundation.people.models import Role
from tests.factories.people import person
from tests.factories.site import make_site

pytestmark = pytest.mark.django_db


def test_building_twice_adds_nothing_and_keeps_an_editors_words():
    make_site()
    home = HomePage.objects.get(locale__language_code="zh-hans")
    home.title = "编辑改过的标题"
    home.save_revision().publish()
    before = list(Page.objects.order_by("path").values_list("path", "title"))
    make_site()
    assert list(Page.objects.order_by("path").values_list("path", "title")) == before
    assert [e.facts["pages"] for e in Entry.objects.filter(action="build_site").order_by("pk")] == [
        *(40, 0)
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_only_an_editor_builds(role):
    with pytest.raises(Forbidden):
        build_site(actor=person(role))
    assert not HomePage.objects.exists()
    build_site(actor=person(Role.EDITOR))
    assert HomePage.objects.count() == 2
