"""What an offer is, written down whole as plain JSON; and put down in rows when it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Need
from bidding.proposals.models import (
    Attachment,
    BudgetLine,
    PlannedMilestone,
    Proposal,
    TeamMember,
)
from bidding.proposals.partner_models import Partner
from bidding.proposals.states import PartnerState
from foundation.documents.models import Document
from foundation.documents.sealed import from_stored, show
from foundation.errors import DomainError
from foundation.organisations.models import District
from foundation.seals.chain import canonical

TEXTS = (
    "title",
    "summary",
    "audience",
    "headcount",
    "goals",
    "plan",
    "risks",
    "sustainability",
    "special",
    "least_fen",
)
DATES = ("starts_on", "ends_on")
COLUMNS = (*TEXTS, *DATES)
CHOSEN = ("needs", "districts")
ROWS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "team": (TeamMember, ("name", "duty", "certificate")),
    "budget": (
        BudgetLine,
        ("group", "item", "unit", "quantity", "unit_price_fen", "source"),
    ),
    "milestones": (PlannedMilestone, ("title", "due_on", "measure")),
}
DAYS = {"starts_on", "ends_on", "due_on"}

MOST_LETTERS = 20_000
"""So long is a text of an offer at most: some thirty pages of it can still be read, and printed."""

Offer = dict[str, Any]
"""COLUMNS, CHOSEN (ids), ROWS (lists of dicts) and `attachments`, as JSON has them."""

Files = Mapping[str, Mapping[str, Any]]
"""A sealed file's uuid → what opens it, as `SealedFile.stored` writes it."""


def empty_offer(title: str) -> Offer:
    """What a draft begins with."""
    lists: Offer = {name: [] for name in (*CHOSEN, *ROWS, "partners", "attachments")}
    texts: Offer = dict.fromkeys(TEXTS, "") | dict.fromkeys(DATES)
    return {**lists, **texts, "special": {}, "headcount": None, "least_fen": None, "title": title}


def with_facts(proposal: Proposal, offer: Offer) -> Offer:
    """The offer with whose it is and for what: what the receipt's fingerprint covers."""
    return {
        **offer,
        "call": proposal.call.number,
        "category": proposal.lot.category_id,
        "lot": proposal.lot_id,
        "organisation": {
            "id": proposal.organisation_id,
            "name": proposal.organisation.name,
            "code": proposal.organisation.uscc,
        },
    }


def content_of(proposal: Proposal) -> Offer:
    """Everything the organisation offers, as its rows say (opened, or laid open in memory)."""
    offer: Offer = {name: written(name, getattr(proposal, name)) for name in COLUMNS}
    offer |= {name: written(name, getattr(proposal, name).all()) for name in CHOSEN}
    for name, (_model, fields) in ROWS.items():
        rows = getattr(proposal, name).all()
        offer[name] = [{field: _iso(getattr(row, field)) for field in fields} for row in rows]
    offer["attachments"] = [
        {
            "label": row.label,
            "document": str(row.document.uuid),
            "name": row.document.name,
            "sha256": row.document.sha256,
        }
        for row in sorted(proposal.attachments.all(), key=lambda row: row.pk)
    ]
    offer["partners"] = [
        {"organisation": row.organisation_id, "name": row.organisation.name, "task": row.task}
        for row in proposal.partners.all()
    ]
    return with_facts(proposal, offer)


def partners_of(offer: Offer) -> list[dict[str, Any]]:
    """The partners the offer names; one written before there were any names none."""
    named: list[dict[str, Any]] = offer.get("partners", [])
    return named


def written(name: str, value: Any) -> Any:
    """A value as the offer holds it under this name: ids, days as text, rows as plain dicts."""
    if name in CHOSEN:
        return sorted(getattr(row, "pk", row) for row in value)
    if name in ROWS:
        rows = [{field: _iso(value) for field, value in row.items()} for row in value]
        # as their rows will stand one day, so that writing them down again says the same
        return sorted(rows, key=lambda row: str(row["due_on"])) if name == "milestones" else rows
    return _iso(value)


def must_fit(offer: Offer) -> None:
    """Refuse what could not be put down in rows: an opening must never stumble over a draft."""
    try:
        whole = canonical(offer)
        whole.encode()
    except UnicodeEncodeError as fault:
        raise DomainError(_("This text has signs in it that cannot be kept.")) from fault
    if "\\u0000" in whole:
        raise DomainError(_("This text has signs in it that cannot be kept."))
    texts = [*(offer[name] for name in TEXTS), *offer["special"].values()]
    if any(isinstance(text, str) and len(text) > MOST_LETTERS for text in texts):
        raise DomainError(_("A text has at most %(most)d characters.") % {"most": MOST_LETTERS})
    rows: list[Model] = [Proposal(**columns(offer))]
    for name in ROWS:
        rows += _rows(name, offer)
    for row in rows:
        try:
            names = {field.name for field in row._meta.concrete_fields}
            row.clean_fields(exclude=names - set(offer) - _fields_of(row))
        except ValidationError as fault:
            raise DomainError(" ".join(fault.messages)) from fault
    for line in offer["budget"]:
        if line["quantity"] <= 0 or line["unit_price_fen"] <= 0:
            raise DomainError(_("Quantity and price of a line are more than zero."))


def _fields_of(row: Model) -> set[str]:
    return next((set(fields) for model, fields in ROWS.values() if isinstance(row, model)), set())


def columns(offer: Offer) -> dict[str, Any]:
    """The offer's own columns as the model has them."""
    return {name: _day(name, offer[name]) for name in COLUMNS}


def _rows(name: str, offer: Offer, **also: Any) -> list[Any]:
    model, _fields = ROWS[name]
    rows = [
        model(**{field: _day(field, value) for field, value in row.items()}, **also)
        for row in offer[name]
    ]
    for place, row in enumerate(rows, start=1):
        if isinstance(row, BudgetLine):
            row.position = place
    return rows


def lay_open(proposal: Proposal, offer: Offer, files: Files) -> Proposal:
    """The proposal in memory as if the offer were in its rows. It must not be saved whole: the
    database refuses a sealed proposal that tells anything."""
    for name, value in columns(offer).items():
        setattr(proposal, name, value)
    held: dict[str, Any] = {
        "needs": Need.objects.filter(pk__in=offer["needs"]),
        "districts": District.objects.filter(pk__in=offer["districts"]),
    }
    for name in ROWS:
        held[name] = _held(ROWS[name][0], _rows(name, offer, proposal=proposal))
    held["attachments"] = _held(Attachment, _attached(proposal, offer, files))
    held["partners"] = _held(Partner, _joined(proposal, offer))
    proposal._prefetched_objects_cache = held  # type: ignore[attr-defined]  # where prefetch keeps it
    return proposal


def _held(model: type[Model], rows: list[Any]) -> QuerySet[Any]:
    """A query that has been answered: just as prefetching leaves it."""
    query: Any = model._default_manager.all()
    query._result_cache, query._prefetch_done = rows, True
    return query


def _attached(proposal: Proposal, offer: Offer, files: Files) -> list[Attachment]:
    """The files of the offer with what they are called, in order."""
    labels = {row["document"]: row["label"] for row in offer["attachments"]}
    if not labels:
        return []
    rows = list(
        Attachment.objects.filter(proposal=proposal, document__uuid__in=labels)
        .select_related("document")
        .order_by("pk")
    )
    for row in rows:
        uuid = str(row.document.uuid)
        row.label = labels[uuid]
        if uuid in files:
            show(row.document, from_stored(files[uuid]))
    return rows


def _joined(proposal: Proposal, offer: Offer) -> list[Partner]:
    """The partners of the offer with what each is to do, in the order they were first asked."""
    tasks = {row["organisation"]: row["task"] for row in partners_of(offer)}
    if not tasks:
        return []
    rows = Partner.objects.filter(proposal=proposal, organisation__in=tasks)
    joined = list(rows.select_related("organisation"))
    for row in joined:
        row.task = tasks[row.organisation_id]
    return joined


def _join(pairs: list[tuple[Proposal, Offer]]) -> None:
    """The partners the envelopes name, with their task. Each had said yes; whoever has said no
    since, has, however often it was taken out or asked again. All others that were asked are
    forgotten: the trail knows of them."""
    tasks = {
        (proposal.pk, row["organisation"]): row["task"]
        for proposal, offer in pairs
        for row in partners_of(offer)
    }
    forgotten = []
    for row in Partner.objects.filter(proposal__in=[proposal for proposal, _offer in pairs]):
        task = tasks.get((row.proposal_id, row.organisation_id))
        if task is None:
            forgotten.append(row.pk)
        elif row.has_answered:
            row.task = task
            row.save(update_fields=["task"])
        else:
            said_yes = row.answered_at is not None
            row.move_to(PartnerState.CONFIRMED if said_yes else PartnerState.REFUSED, task=task)
    Partner.objects.filter(pk__in=forgotten).delete()


def put_down(opened: Iterable[tuple[Proposal, Offer]]) -> None:
    """The rows of these offers, a few statements for all; their columns are the caller's."""
    pairs = list(opened)
    Attachment.objects.filter(proposal__in=[proposal for proposal, _offer in pairs]).delete()
    for name, (model, _fields) in ROWS.items():
        rows = (row for proposal, offer in pairs for row in _rows(name, offer, proposal=proposal))
        model._default_manager.bulk_create(rows, batch_size=500)
    _choose("needs", Need, pairs)
    _choose("districts", District, pairs)
    _join(pairs)
    wanted = {row["document"] for _proposal, offer in pairs for row in offer["attachments"]}
    documents = {
        str(uuid): pk
        for uuid, pk in Document.objects.filter(uuid__in=wanted).values_list("uuid", "pk")
    }
    Attachment.objects.bulk_create(
        (
            Attachment(
                proposal=proposal, document_id=documents[row["document"]], label=row["label"]
            )
            for proposal, offer in pairs
            for row in offer["attachments"]
            if row["document"] in documents
        ),
        batch_size=500,
    )


def _choose(name: str, model: type[Model], pairs: list[tuple[Proposal, Offer]]) -> None:
    """The needs or districts each offer names; one that was removed since is left out."""
    field = Proposal._meta.get_field(name)
    through: Any = getattr(Proposal, name).through
    asked = {pk for _proposal, offer in pairs for pk in offer[name]}
    known = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True))
    column = f"{field.m2m_reverse_field_name()}_id"  # type: ignore[union-attr]  # it is many to many
    through.objects.bulk_create(
        (
            through(proposal=proposal, **{column: pk})
            for proposal, offer in pairs
            for pk in offer[name]
            if pk in known
        ),
        batch_size=500,
    )


def _iso(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _day(name: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if name in DAYS and isinstance(value, str) else value
