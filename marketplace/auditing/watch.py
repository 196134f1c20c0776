"""Which pages show what is not public, of what and whose it is: what the log of readings notes.

A page is noted after it was shown (200), once, by one insert. People who read their own
organisation's papers are not noted, nor is anything that everybody may read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bidding.proposals.models import Attachment
from foundation import clock
from foundation.documents.models import Document
from foundation.documents.readers import may_read
from foundation.http import noticing_what_is_shown
from foundation.organisations.rules import belongs_to
from foundation.organisations.standing_models import Proof
from foundation.seals import operations as seals
from marketplace.agreements.models import Party
from marketplace.auditing.models import Answer, Reading
from marketplace.delivery.models import Evidence
from marketplace.payments.models import Payable

Kind = Reading.Kind


@dataclass(frozen=True)
class Watched:
    """A page that shows one row of a model: what sort of reading that is, and whose the row is."""

    kind: str
    model: str
    owner: tuple[str, ...] = ()


WATCHED: dict[str, Watched] = {
    "proposals:proposal": Watched(Kind.PROPOSAL, "bidding.Proposal", ("organisation_id",)),
    "proposals:envelope": Watched(Kind.PROPOSAL, "bidding.Proposal", ("organisation_id",)),
    "evaluation:screen_proposal": Watched(Kind.PROPOSAL, "bidding.Proposal", ("organisation_id",)),
    "evaluation:score_proposal": Watched(
        Kind.PROPOSAL, "bidding.Sheet", ("proposal", "organisation_id")
    ),
    "matching:offer": Watched(Kind.PROPOSAL, "bidding.Proposal", ("organisation_id",)),
    "evaluation:expert": Watched(Kind.PERSONAL, "bidding.Expert"),
    "people:person": Watched(Kind.PERSONAL, "foundation.Person"),
    "notices:objection": Watched(Kind.PERSONAL, "bidding.Objection"),
    "organisations:claim": Watched(Kind.PERSONAL, "foundation.Claim"),
    "organisations:own": Watched(Kind.PERSONAL, "foundation.Organisation", ("pk",)),
}
"""Pages, by their address's name; each has the row's number as its one parameter."""

OWNERS: dict[str, tuple[type[Model], str]] = {
    "proposal_attachment": (Attachment, "proposal__organisation"),
    "evidence": (Evidence, "report__milestone__project__organisation"),
    "invoice": (Payable, "organisation"),
    "agreement": (Party, "organisation"),
    "organisation_proof": (Proof, "organisation"),
    "finding_answer": (Answer, "finding__body"),
}
"""Purpose of a document → the rows it hangs on, and whose they are."""

_FILE = re.compile(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", re.IGNORECASE)

_HANGS_ON = {"invoice": "invoice__document", "agreement": "agreement__document"}


def note_reading(
    request: HttpRequest, response: HttpResponseBase, shown: Mapping[tuple[str, Any], Model]
) -> Reading | None:
    """Note what this answer showed this person, if it was not public and not their own.

    `shown` are the rows its page was made from.
    """
    match = request.resolver_match
    person = request.user
    if match is None or not person.is_authenticated or response.status_code != 200:
        return None
    if match.view_name == "documents:document":
        return _document(request, match.kwargs["key"])
    if match.view_name in WATCHED:
        return _page(request, WATCHED[match.view_name], match.kwargs["pk"], shown)
    attached = response.headers.get("Content-Disposition", "")
    if attached.startswith("attachment") and "desk/" in match.route:
        return _export(request, match.view_name, match.kwargs, attached)
    return None


def _document(request: HttpRequest, key: Any) -> Reading | None:
    document = Document.objects.get(uuid=key)
    if may_read(AnonymousUser(), document):
        return None
    owners: list[int] = []
    if document.purpose in OWNERS:
        model, path = OWNERS[document.purpose]
        hangs = _HANGS_ON.get(document.purpose, "document")
        rows: Any = model._default_manager
        found = rows.filter(**{hangs: document}).order_by("pk").values_list(path, flat=True)
        # an agreement is its provider's before it is its buyer's
        found = found.order_by("-side") if model is Party else found
        owners = [pk for pk in found if pk]
    return _note(request, Kind.DOCUMENT, document, document.name, owners)


def _page(
    request: HttpRequest, watched: Watched, pk: int, shown: Mapping[tuple[str, Any], Model]
) -> Reading | None:
    subject: Any = shown.get((watched.model, pk))
    if subject is None:
        rows: Any = apps.get_model(watched.model)._default_manager
        row = rows.select_related(*watched.owner[:-1]) if watched.owner[:-1] else rows
        subject = row.get(pk=pk)
    owner = subject
    for step in watched.owner:
        owner = getattr(owner, step)
    if subject == request.user:
        return None
    name = getattr(subject, "proposal", subject) if watched.kind == Kind.PROPOSAL else subject
    return _note(request, watched.kind, subject, str(name), [owner] if watched.owner else [])


def _export(request: HttpRequest, name: str, parameters: dict[str, Any], attached: str) -> Reading:
    kind = Kind.DOSSIER if name == "auditing:make_dossier" else Kind.EXPORT
    told = " ".join(str(value) for value in parameters.values())
    file = _FILE.search(attached)
    return _write(request, kind, pk=told[:40], name=unquote(file[1]) if file else name)


def _note(
    request: HttpRequest, kind: str, subject: Model, name: str, owners: list[int]
) -> Reading | None:
    if any(belongs_to(request.user, owner) for owner in owners):
        return None
    owner = owners[0] if owners else None
    label = subject._meta.label_lower
    return _write(request, kind, label=label, pk=str(subject.pk), name=name, owner=owner)


def _write(
    request: HttpRequest,
    kind: str,
    *,
    label: str = "",
    pk: str,
    name: str,
    owner: int | None = None,
) -> Reading:
    person: Any = request.user
    return Reading.objects.create(
        at=clock.now(),
        person_id=person.pk,
        posts=" ".join(sorted(person.roles)),
        kind=kind,
        subject_type=label,
        subject_id=pk,
        subject_name=name[:200],
        organisation_id=owner,
        path=request.path[:200],
        came_from=_came_from(request),
    )


def _came_from(request: HttpRequest) -> str:
    """The page of this house that led here, without what was typed into it."""
    came = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}/"
    return f"/{came.removeprefix(here)}".partition("?")[0][:200] if came.startswith(here) else ""


def readings(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: what was shown is noted before it leaves the house."""

    def answer(request: HttpRequest) -> Any:
        with noticing_what_is_shown() as shown:
            response = get_response(request)
        if request.method != "HEAD":
            note_reading(request, response, shown)
        return response

    return answer


def _sealed_facts(reading: Reading) -> dict[str, Any]:
    return {
        "id": reading.pk,
        "at": reading.at.isoformat(timespec="microseconds"),
        "person": reading.person_id,
        "posts": reading.posts,
        "kind": reading.kind,
        "subject": f"{reading.subject_type}:{reading.subject_id}",
        "name": reading.subject_name,
        "path": reading.path,
        "from": reading.came_from,
    }


seals.register("readings", Reading, _sealed_facts)
