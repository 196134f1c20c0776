"""What search engines are told about an organisation (schema.org)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.organisations.models import Organisation, OrganisationKind
from foundation.structured import absolute, crumbs, scripts

TYPES = {OrganisationKind.SOCIAL: "NGO", OrganisationKind.UNION: "WorkersUnion"}
"""Our kinds in their words; the others are plain organisations."""


def told_of(body: Organisation) -> SafeString:
    """The organisation as its public profile shows it."""
    address = body.get_absolute_url()
    facts: dict[str, Any] = {
        "@type": TYPES.get(OrganisationKind(body.kind), "Organization"),
        "name": body.name,
        "alternateName": body.name_en,
        "identifier": body.uscc,
        "description": body.summary,
        "url": absolute(address),
        "sameAs": body.website,
        "address": body.address,
        "foundingDate": body.founded_on,
    }
    above = (_("Organisations"), reverse("organisations:organisations"))
    return scripts(
        crumbs([above, (body.name, address)]),
        {name: fact for name, fact in facts.items() if fact},
    )
