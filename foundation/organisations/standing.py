"""Standing: may an organisation take part on a day; one answer, with every reason why not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.organisations.models import Organisation
from foundation.organisations.standing_models import Ban, Proof, ProofKind, RequiredProof
from foundation.organisations.states import OrganisationState, ProofState
from foundation.prepared import Prepared


class Cause(StrEnum):
    """What sort of thing speaks against an organisation: what to do about it depends on that."""

    UNVERIFIED = "unverified"
    SUSPENDED = "suspended"
    DISSOLVED = "dissolved"
    BANNED = "banned"
    UNCHECKED = "unchecked"
    EXPIRED = "expired"
    MISSING = "missing"


BARRING = frozenset({Cause.SUSPENDED, Cause.DISSOLVED, Cause.BANNED})


@dataclass(frozen=True)
class Against:
    """One thing that speaks against it: what sort, the sentence, and of which proof."""

    cause: Cause
    sentence: Any
    proof: str = ""


@dataclass(frozen=True)
class Standing:
    """May this organisation take part on this day, and if not, each thing that speaks against."""

    on: dt.date
    against: list[Against] = field(default_factory=list)
    rating: str = ""

    @property
    def reasons(self) -> list[Any]:
        """Each sentence why not."""
        return [one.sentence for one in self.against]

    @property
    def barring(self) -> list[Any]:
        """Each sentence why it may take no part at all, not even beside another that offers: that
        one's papers are asked for, its partners' are not."""
        return [one.sentence for one in self.against if one.cause in BARRING]

    @property
    def allowed(self) -> bool:
        """Nothing speaks against it."""
        return not self.against


_STATES = {
    OrganisationState.REGISTERED: Against(
        Cause.UNVERIFIED, _("Its registration has not been verified yet.")
    ),
    OrganisationState.SUSPENDED: Against(Cause.SUSPENDED, _("It is suspended.")),
    OrganisationState.DISSOLVED: Against(Cause.DISSOLVED, _("It has been dissolved.")),
}


def standing_of(organisation: Organisation, on: dt.date | None = None) -> Standing:
    """The organisation's standing on a day (today, unless said): three queries."""
    return standings_of([organisation], on)[organisation.pk]


def with_bans(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The organisations, each with `has_bans`: most have none, and none need be looked for."""
    return organisations.annotate(has_bans=Exists(Ban.objects.filter(organisation=OuterRef("pk"))))


def standing_from(
    organisation: Organisation,
    proofs: Iterable[Proof],
    bans: Iterable[Ban],
    on: dt.date | None = None,
) -> Standing:
    """The same where all its proofs and bans are at hand already: one query."""
    required = RequiredProof.objects.filter(organisation_kind=organisation.kind)
    kinds = list(required.values_list("proof_kind", flat=True))
    return _standing(organisation, on or clock.today(), kinds, list(proofs), list(bans))


def standings_of(
    organisations: Iterable[Organisation], on: dt.date | None = None
) -> dict[int, Standing]:
    """{organisation id: its standing}, in three queries however many organisations there are."""
    day = on or clock.today()
    bodies = list(organisations)
    if not bodies:
        return {}
    required, proofs, bans = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in _required():
        required[row.organisation_kind].append(row.proof_kind)
    for proof in _proofs_of(bodies):
        proofs[proof.organisation_id].append(proof)
    # whoever was asked for with `with_bans` is known to have some or none
    banned = [body for body in bodies if getattr(body, "has_bans", True)]
    for ban in _bans_of(banned):
        bans[ban.organisation_id].append(ban)
    return {
        body.pk: _standing(body, day, required[body.kind], proofs[body.pk], bans[body.pk])
        for body in bodies
    }


def _proofs_of(bodies: list[Organisation]) -> Iterable[Proof]:
    if len(bodies) == 1:
        return _proofs(bodies[0].pk)
    return Proof.objects.filter(organisation__in=bodies)


def _bans_of(bodies: list[Organisation]) -> Iterable[Ban]:
    if len(bodies) < 2:
        return _bans(bodies[0].pk) if bodies else ()
    return Ban.objects.filter(organisation__in=bodies)


# every operation of a bidder asks how one body stands
_required = Prepared(RequiredProof.objects.all)
_proofs = Prepared(lambda body: Proof.objects.filter(organisation=body))
_bans = Prepared(lambda body: Ban.objects.filter(organisation=body))


def _standing(
    body: Organisation, day: dt.date, required: list[str], proofs: list[Proof], bans: list[Ban]
) -> Standing:
    against = [_STATES[OrganisationState(body.state)]] if body.state in _STATES else []
    against += [Against(Cause.BANNED, _ban_sentence(ban)) for ban in bans if ban.runs_on(day)]
    for kind in required:
        missing = _no_proof(kind, day, [proof for proof in proofs if proof.kind == kind])
        against += [missing] if missing else []
    return Standing(day, against, _rating(day, proofs))


def _ban_sentence(ban: Ban) -> Any:
    until = date_format(ban.until_on, "DATE_FORMAT") if ban.until_on else None
    facts = {"authority": ban.authority, "reason": ban.reason, "until": until}
    if ban.until_on is None:
        return _("It is banned by %(authority)s: %(reason)s.") % facts
    return _("It is banned until %(until)s by %(authority)s: %(reason)s.") % facts


def _no_proof(kind: str, day: dt.date, proofs: list[Proof]) -> Against | None:
    """Why no proof of this kind counts on the day; None when one does."""
    verified = [proof for proof in proofs if proof.state == ProofState.VERIFIED]
    if any(proof.holds_on(day) for proof in verified):
        return None
    facts: dict[str, Any] = {"proof": ProofKind(kind).label}
    if any(proof.state == ProofState.STATED and proof.holds_on(day) for proof in proofs):
        said = _("“%(proof)s” has been stated but not checked yet.") % facts
        return Against(Cause.UNCHECKED, said, kind)
    ends = [proof.expires_on for proof in verified if proof.expires_on and proof.expires_on < day]
    if ends:
        last = date_format(max(ends), "DATE_FORMAT")
        said = _("“%(proof)s” ran out on %(day)s.") % {**facts, "day": last}
        return Against(Cause.EXPIRED, said, kind)
    return Against(Cause.MISSING, _("“%(proof)s” is missing.") % facts, kind)


def _rating(day: dt.date, proofs: list[Proof]) -> str:
    """The newest verified grade that counts on the day, or nothing."""
    grades = [
        proof
        for proof in proofs
        if proof.kind == ProofKind.RATING
        and proof.state == ProofState.VERIFIED
        and proof.holds_on(day)
    ]
    return max(grades, key=lambda proof: (proof.issued_on, proof.pk)).value if grades else ""
