"""What a finding can be about: its page, how people call it, and who can be asked to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to
from bidding.evaluation.models import Screening
from bidding.notices.models import Notice
from bidding.notices.queries import notices_visible_to
from bidding.proposals.models import Proposal
from bidding.proposals.queries import proposals_visible_to
from foundation.organisations.models import Organisation
from foundation.organisations.queries import federation
from foundation.people.models import Person, Role
from foundation.people.queries import holders_of
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import agreements_visible_to
from marketplace.awards.models import Award
from marketplace.awards.queries import awards_visible_to
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.ledger.models import Journal
from marketplace.ledger.queries import journals_visible_to
from marketplace.payments.models import Batch, Payable, Payout
from marketplace.payments.queries import (
    batches_visible_to,
    payables_visible_to,
    payouts_visible_to,
)

Rows = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Auditable:
    """One kind of thing: which rows a person sees, where its page is, what it is called by."""

    model: type[Model]
    rows: Rows
    page: Callable[[Any], str]
    known_by: str = ""
    bodies: tuple[str, ...] = ()


def screenings_visible_to(person: Any) -> QuerySet[Screening]:
    """The checks of the proposals the person sees."""
    seen = proposals_visible_to(person).order_by().values("pk")
    return Screening.objects.filter(proposal__in=seen).select_related("proposal__organisation")


def _page(name: str, attribute: str = "pk") -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[getattr(row, attribute)])


AUDITABLE: dict[str, Auditable] = {
    "project": Auditable(
        Project,
        lambda person: projects_visible_to(person).select_related("organisation", "buyer"),
        _page("delivery:project"),
        "number",
        ("organisation", "buyer"),
    ),
    "agreement": Auditable(
        Agreement,
        lambda person: agreements_visible_to(person).select_related(
            "award__buyer", "award__proposal__organisation"
        ),
        _page("agreements:agreement"),
        "number",
        ("award.proposal.organisation", "award.buyer"),
    ),
    "award": Auditable(
        Award,
        lambda person: awards_visible_to(person).select_related("buyer", "proposal__organisation"),
        _page("awards:award"),
        "",
        ("proposal.organisation", "buyer"),
    ),
    "proposal": Auditable(
        Proposal, proposals_visible_to, _page("proposals:proposal"), "", ("organisation",)
    ),
    "screening": Auditable(
        Screening, screenings_visible_to, _page("proposals:proposal", "proposal_id")
    ),
    "call": Auditable(Call, calls_visible_to, _page("calls:manage", "number"), "number"),
    "notice": Auditable(Notice, notices_visible_to, _page("notices:notice", "number"), "number"),
    "journal": Auditable(Journal, journals_visible_to, _page("ledger:journal"), "key"),
    "payable": Auditable(
        Payable, payables_visible_to, _page("payments:payable"), "reference", ("organisation",)
    ),
    "payout": Auditable(
        Payout,
        payouts_visible_to,
        _page("payments:payable", "payable_id"),
        "",
        ("payable.organisation",),
    ),
    "batch": Auditable(Batch, batches_visible_to, _page("payments:batch", "number"), "number"),
}
"""By the word that stands in addresses."""

BY_LABEL = {kind.model._meta.label_lower: word for word, kind in AUDITABLE.items()}

ANSWERING_POSTS = (Role.OFFICER.value, Role.FUND_MANAGER.value, Role.ADMINISTRATOR.value)
"""Posts whose holders can be asked to answer in person."""


def word_of(subject: Model) -> str:
    """'project' for a project …; KeyError for what cannot be audited."""
    return BY_LABEL[subject._meta.label_lower]


def page_of_row(label: str, row: Any) -> str:
    """The desk page of a row, by its model's label."""
    return AUDITABLE[BY_LABEL[label]].page(row)


def bodies_of(subject: Model) -> list[Organisation]:
    """The organisations that can be asked about it: those it concerns, and the federation."""
    found: dict[int, Organisation] = {}
    for path in AUDITABLE[word_of(subject)].bodies:
        body: Any = subject
        for step in path.split("."):
            body = getattr(body, step)
        found[body.pk] = body
    root = federation()
    if root is not None:
        found.setdefault(root.pk, root)
    return list(found.values())


def officers_to_ask() -> QuerySet[Person]:
    """The people who can be asked to answer in person."""
    return holders_of(*ANSWERING_POSTS)
