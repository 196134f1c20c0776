"""What search engines are told of projects and organisations."""

import json
import re

import pytest
from django.test import Client

from marketplace.delivery.models import Project
from tests.factories.deals import make_project, make_world

pytestmark = pytest.mark.django_db


def told_to_machines(address):
    """What the page says in data: type → facts."""
    page = Client().get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return {facts["@type"]: facts for facts in map(json.loads, found)}


def test_facts_are_told_to_machines_and_close_no_element():
    project = make_project(make_world())
    Project.objects.update(title="</script><b>题", summary="为一线职工", amount_fen=1_234_56)
    facts = told_to_machines(project.get_absolute_url())
    assert facts["Project"]["name"] == "</script><b>题"
    assert facts["Project"]["funding"]["amount"] == {
        "@type": "MonetaryAmount", "currency": "CNY", "value": "1234.56",
    }  # fmt: skip
    assert [step["position"] for step in facts["BreadcrumbList"]["itemListElement"]] == [1, 2]
    provider, buyer = project.organisation, project.buyer
    assert facts["Project"]["parentOrganization"]["url"].endswith(provider.get_absolute_url())
    assert told_to_machines(provider.get_absolute_url())["NGO"]["identifier"] == provider.uscc
    assert told_to_machines(buyer.get_absolute_url())["WorkersUnion"]["name"] == buyer.name
