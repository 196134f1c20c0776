"""The union tree: bodies are planted, imported, moved and merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock, uscc
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.codes import fault_sentence
from foundation.organisations.models import (
    District,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    Union,
    UnionType,
)
from foundation.organisations.obligations import obligations_of
from foundation.organisations.operations.claims import begin
from foundation.organisations.queries import people_of
from foundation.organisations.sheets import ImportReport, Refused, UnionRow
from foundation.organisations.states import OrganisationState
from foundation.permissions import allow


def hold_tree() -> None:
    """Let nobody else change the tree until the transaction ends (paths move together)."""
    list(Union.objects.select_for_update().filter(depth=1).values_list("pk", flat=True))


@operation
def plant_union(
    parent: Organisation | None,
    *,
    actor: Any,
    name: str,
    union_type: str,
    uscc: str = "",
    name_en: str = "",
    industry: str = "",
    workers: int = 0,
    district: District | None = None,
    **profile: Any,
) -> Organisation:
    """A union body under `parent` (none: the federation itself), known to be real at once."""
    hold_tree()
    parent = lock(parent) if parent else None
    allow(actor, "plant_union", parent)
    organisation = _plant(
        parent,
        UnionRow(name=name, union_type=union_type, code=uscc, workers=workers, industry=industry),
        district=district,
        name_en=name_en,
        **profile,
    )
    record(actor, "plant_union", organisation, parent=parent.pk if parent else None)
    return organisation


def _plant(parent: Organisation | None, row: UnionRow, **profile: Any) -> Organisation:
    """Enter one body; refuses with the sentence that says why not. The caller holds the tree."""
    _refuse_place(parent, row)
    place = {"union_type": row.union_type, "industry": row.industry, "workers": row.workers}
    code = uscc.normalised(row.code) or None
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                kind=OrganisationKind.UNION,
                name=row.name,
                uscc=code,
                registered_at=clock.now(),
                **profile,
            )
            node = Union(organisation=organisation, **place)
            if parent is None:
                Union.add_root(instance=node)
            else:
                Union.objects.get(organisation=parent).add_child(instance=node)
    except IntegrityError as race:
        raise Clash(_("Somebody entered a body with this code just now."), field="uscc") from race
    organisation.move_to(OrganisationState.VERIFIED)
    return organisation


def _refuse_place(parent: Organisation | None, row: UnionRow) -> None:
    """Refuse a body that cannot stand where it should."""
    if not row.name.strip():
        raise DomainError(_("A body needs a name."), field="name")
    if row.union_type not in UnionType.values:
        raise DomainError(_("There is no such type of union body."), field="union_type")
    if parent is None and Union.objects.filter(depth=1).exists():
        raise Clash(_("There is a federation already: say which body this one is under."))
    if parent is not None and not hasattr(parent, "union"):
        raise DomainError(_("This is not a union body."), field="parent")
    if (parent is None) != (row.union_type == UnionType.COORDINATING):
        raise DomainError(
            _("The federation, and only it, is a coordinating union."), field="union_type"
        )
    code = uscc.normalised(row.code)
    sentence = fault_sentence(code, OrganisationKind.UNION) if code else None
    if sentence:
        raise DomainError(sentence, field="uscc")
    if code and Organisation.objects.filter(uscc=code).exists():
        raise Clash(_("This code is registered already."), field="uscc")
    siblings = Union.objects.filter(organisation__name=row.name, depth=1)
    if parent is not None:
        siblings = parent.union.get_children().filter(organisation__name=row.name)
    if siblings.exclude(organisation__state=OrganisationState.DISSOLVED).exists():
        raise Clash(_("There is a body of this name in this place already."), field="name")


@operation
def import_unions(*, actor: Any, rows: Iterable[UnionRow], preview: bool = False) -> ImportReport:
    """Enter the bodies of a file: good rows in, every other one reported with its reason.

    A row's parent is a name or a credit code: of a body in the tree, or of a row above it.
    `preview` reports the same and enters nothing.
    """
    allow(actor, "import_unions")
    hold_tree()
    report = ImportReport()
    point = transaction.savepoint()
    for row in rows:
        try:
            with transaction.atomic():
                parent = _parent_of(row)
                organisation = _plant(parent, row, district=_district_of(row))
        except DomainError as refusal:
            report.refused.append(Refused(row.line, row.name, str(refusal)))
            continue
        record(actor, "import_unions", organisation, line=row.line, parent=parent.pk)
        report.planted.append(organisation)
    if preview:
        transaction.savepoint_rollback(point)
    else:
        transaction.savepoint_commit(point)
    return report


def _parent_of(row: UnionRow) -> Organisation:
    """The body the row names as its parent."""
    named = row.parent.strip()
    if not named:
        raise DomainError(_("The row does not say which body it is under."))
    bodies = Organisation.objects.filter(kind=OrganisationKind.UNION).exclude(
        state=OrganisationState.DISSOLVED
    )
    found = list(bodies.filter(uscc=uscc.normalised(named))[:1] or bodies.filter(name=named)[:2])
    if not found:
        raise DomainError(_("There is no union body “%(name)s”.") % {"name": named})
    if len(found) > 1:
        raise DomainError(
            _("Several union bodies are called “%(name)s”: give the code.") % {"name": named}
        )
    return found[0]


def _district_of(row: UnionRow) -> District | None:
    """The district the row names, by code or name."""
    named = row.district.strip()
    if not named:
        return None
    found = District.objects.filter(pk=named).first() or District.objects.filter(name=named).first()
    if found is None:
        raise DomainError(_("There is no district “%(name)s”.") % {"name": named})
    return found


@operation
def move_union(
    organisation: Organisation, *, actor: Any, to: Organisation, reason: str
) -> Organisation:
    """The body, with all below it, stands under another from now on."""
    hold_tree()
    organisation, to = lock(organisation), lock(to)
    allow(actor, "move_union", organisation)
    place, target = organisation.union, _target(organisation, to)
    before = place.get_parent()
    if before is None:
        raise DomainError(_("The federation itself cannot be moved."))
    if before.pk == target.pk:
        raise DomainError(_("It stands there already."), field="to")
    place.move(target, pos="last-child")
    record(
        actor,
        "move_union",
        organisation,
        before=before.organisation_id,
        now=to.pk,
        reason=reason,
    )
    return organisation


def _target(organisation: Organisation, to: Organisation) -> Union:
    """The place of `to`, if a body can be put under it or into it."""
    target: Union | None = getattr(to, "union", None)
    if target is None or to.state == OrganisationState.DISSOLVED:
        raise DomainError(_("Choose a union body that exists."), field="to")
    if target.path.startswith(organisation.union.path):
        raise DomainError(_("It cannot go under itself."), field="to")
    return target


@operation
def merge_unions(
    organisation: Organisation, *, actor: Any, to: Organisation, reason: str
) -> Organisation:
    """The body ends in its successor: people and bodies below move there, its page points on."""
    hold_tree()
    organisation, to = lock(organisation), lock(to)
    allow(actor, "merge_unions", organisation)
    target = _target(organisation, to)
    if organisation.union.depth == 1:
        raise DomainError(_("The federation itself cannot be merged."))
    sentences = obligations_of(organisation)
    if sentences:
        raise DomainError(" ".join(str(sentence) for sentence in sentences))
    children = [child.pk for child in organisation.union.get_children()]
    for pk in children:  # each move rewrites paths, so each place is read anew
        Union.objects.get(pk=pk).move(Union.objects.get(pk=target.pk), pos="last-child")
    people = list(people_of(organisation))
    _move_people(organisation, to)
    workers = organisation.union.workers
    Union.objects.filter(pk=organisation.union.pk).update(workers=0)
    Union.objects.filter(pk=target.pk).update(workers=target.workers + workers)
    organisation.move_to(OrganisationState.DISSOLVED, successor=to)
    record(
        actor,
        "merge_unions",
        organisation,
        successor=to.pk,
        children=len(children),
        people=len(people),
        workers=workers,
        reason=reason,
    )
    tell(
        people,
        "merge_unions",
        url=path_to(to),
        organisation=organisation.name,
        successor=to.name,
    )
    return to


def _move_people(organisation: Organisation, to: Organisation) -> None:
    """Everybody goes along in the role they had; a second representative becomes a manager."""
    running = Membership.objects.filter(ended_at=None)
    there = {m.person_id: m.role for m in running.filter(organisation=to)}
    taken = MembershipRole.REPRESENTATIVE in there.values()
    for membership in running.filter(organisation=organisation).select_related("person"):
        role = membership.role
        membership.ended_at = clock.now()
        membership.save(update_fields=["ended_at"])
        if membership.person_id in there:
            continue
        if role == MembershipRole.REPRESENTATIVE and taken:
            role = MembershipRole.MANAGER
        begin(membership.person, to, role)
