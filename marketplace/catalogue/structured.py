"""What search engines are told about a project (schema.org)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.face.values import own_words
from foundation.money import plain_yuan
from foundation.structured import absolute, crumbs, publisher, scripts
from marketplace.delivery.models import Project


def told_of(project: Project) -> SafeString:
    """The project, who delivers it to whom, and the grant that pays for it."""
    address = project.get_absolute_url()
    buyer = {"@type": "Organization", "name": project.buyer.name}
    return scripts(
        crumbs([(_("Projects"), reverse("catalogue:projects")), (project.title, address)]),
        {
            "@type": "Project",
            "name": project.title,
            "identifier": project.number,
            "description": project.summary,
            "url": absolute(address),
            "parentOrganization": {
                "@type": "Organization",
                "name": project.organisation.name,
                "url": absolute(project.organisation.get_absolute_url()),
            },
            "areaServed": [own_words(place, "name") for place in project.districts.all()],
            "foundingDate": project.starts_on,
            "dissolutionDate": project.ends_on,
            "funder": buyer,
            "funding": {
                "@type": "MonetaryGrant",
                "identifier": project.number,
                "funder": buyer,
                "sponsor": publisher(),
                "amount": {
                    "@type": "MonetaryAmount",
                    "currency": "CNY",
                    "value": plain_yuan(project.amount_fen),
                },
            },
        },
    )
