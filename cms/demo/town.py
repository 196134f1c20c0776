"""The demo's town: the union tree, the social organisations, and the people in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from cms.demo import cast
from cms.demo.people import make_account
from foundation import clock, uscc
from foundation.organisations.districts import PUDONG
from foundation.organisations.models import MembershipRole, Organisation
from foundation.organisations.operations import (
    add_member,
    load_districts,
    plant_union,
    register_organisation,
    state_proof,
    verify_organisation,
    verify_proof,
)
from foundation.organisations.standing_models import ProofKind
from foundation.people.models import Person
from foundation.permissions import SYSTEM

REGION = "310115"
YEARLY = (ProofKind.ANNUAL_CHECK, ProofKind.TAX, ProofKind.SOCIAL_SECURITY, ProofKind.CLEAN_RECORD)
BIDDER, BIDDER2 = 0, 1
"""Which two social organisations the demo's start page lets one sign in for."""


def day(year: int, month: int, number: int, hour: int = 9) -> dt.datetime:
    """A moment in Shanghai."""
    return dt.datetime(year, month, number, hour, tzinfo=clock.SHANGHAI)


@dataclass
class Town:
    """Everybody and everything the later chapters refer to."""

    people: dict[str, Person]
    password_hash: str
    federation: Organisation | None = None
    unions: list[Organisation] = field(default_factory=list)
    buyers: dict[int, Person] = field(default_factory=dict)
    social: list[Organisation] = field(default_factory=list)
    heads: dict[int, Person] = field(default_factory=dict)
    pledged: dict[int, int] = field(default_factory=dict)
    banked: set[int] = field(default_factory=set)
    now: dt.datetime = field(default_factory=clock.now)
    moment: dt.datetime = field(default_factory=clock.now)

    def __getitem__(self, key: str) -> Person:
        """The person of this name."""
        return self.people[key]

    def buyer_of(self, union: Organisation) -> Person:
        """Who signs for a union body."""
        return self.buyers[union.pk]

    def signer_of(self, organisation: Organisation) -> Person:
        """Who signs for an organisation of either kind."""
        union = organisation.pk in self.buyers
        return self.buyer_of(organisation) if union else self.head_of(organisation)

    def head_of(self, organisation: Organisation) -> Person:
        """Who represents a social organisation."""
        return self.heads[organisation.pk]


def certificate(about: str) -> ContentFile:
    """A scanned paper: a small but real PDF."""
    text = f"{about}".encode("ascii", "replace").decode()
    stream = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    body += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return ContentFile(body.encode("ascii"), name="certificate.pdf")


def settle_unions(town: Town) -> None:
    """Plant the tree: the federation, 36 streets and towns, 9 zones, industries, enterprises."""
    officer = town["officer"]
    districts = load_districts(actor=SYSTEM)
    code = _codes("81", "GH")
    town.federation = plant_union(
        None,
        actor=officer,
        name=cast.FEDERATION[0],
        name_en=cast.FEDERATION[1],
        union_type="coordinating",
        uscc=next(code),
        workers=1_280_000,
    )
    for number, district in enumerate(districts[:36]):
        hub = plant_union(
            town.federation,
            actor=officer,
            name=f"{district.name}总工会",
            name_en=f"{district.name_en} Federation of Trade Unions",
            union_type="hub",
            uscc=next(code),
            workers=12_000 + number * 397 % 21_000,
            district=district,
        )
        town.unions.append(hub)
    for name, name_en, industry in cast.ZONES:
        town.unions.append(
            plant_union(
                town.federation,
                actor=officer,
                name=name,
                name_en=name_en,
                union_type="hub",
                uscc=next(code),
                industry=industry,
                workers=46_000,
            )
        )
    for name, name_en, industry in cast.INDUSTRIES:
        plant_union(
            town.federation,
            actor=officer,
            name=name,
            name_en=name_en,
            union_type="port",
            uscc=next(code),
            industry=industry,
            workers=28_000,
        )
    for number, (name, name_en, industry) in enumerate(cast.ENTERPRISES):
        plant_union(
            town.unions[36 + number],
            actor=officer,
            name=name,
            name_en=name_en,
            union_type="service",
            industry=industry,
            workers=1_800 + 350 * number,
        )


def make_accounts(town: Town, buyers: int = 12) -> None:
    """Accounts of the chairs who buy (the last is the federation's) and of forty heads."""
    for number in range(buyers + 1):
        key = "buyer" if number == 0 else f"buyer{number + 1}"
        town.people[key] = make_account(key, cast.invented_name(200 + number), town.password_hash)
    for number in range(len(cast.SOCIAL)):
        key = head_key(number)
        town.people[key] = make_account(key, cast.invented_name(number + 1), town.password_hash)


def head_key(number: int) -> str:
    """Under which key the head of the social organisation with this number signs in."""
    return {BIDDER: "bidder", BIDDER2: "bidder2"}.get(number, f"head{number + 1}")


def seat_buyers(town: Town, count: int = 12) -> None:
    """Give the first unions a chair who signs; the very first is the start page's buyer.

    The federation has one too: it buys what seed money alone pays for.
    """
    officer = town["officer"]
    assert town.federation is not None
    for number, union in enumerate([*town.unions[:count], town.federation]):
        key = "buyer" if number == 0 else f"buyer{number + 1}"
        person = town.people[key]
        add_member(
            union, actor=officer, email=person.email, role=MembershipRole.REPRESENTATIVE.value
        )
        town.buyers[union.pk] = person


def settle_social(town: Town) -> None:
    """Forty organisations register; an officer verifies each."""
    officer = town["officer"]
    rows = list(PUDONG)
    for number, (name, name_en, prefix, _rating) in enumerate(cast.SOCIAL):
        head = town.people[head_key(number)]
        organisation = register_organisation(
            actor=head,
            kind="social",
            name=name,
            name_en=name_en,
            uscc=uscc.make(prefix, REGION, f"MJ{number + 1:06d}"),
            role=MembershipRole.REPRESENTATIVE.value,
            certificate=certificate(f"Registration certificate {number + 1}"),
            issuer="上海市浦东新区民政局",
            issued_on=dt.date(2008 + number % 5, 1 + number % 12, 10),
            district_id=rows[number % 36][0],
            summary="服务浦东职工的社会组织。",
            contact_name=head.name,
        )
        town.social.append(verify_organisation(organisation, actor=officer))
        town.heads[organisation.pk] = head


def prove_standing(town: Town, organisations: list[Organisation], until: dt.date) -> None:
    """Each hands in what standing asks for; an officer checks it."""
    officer = town["officer"]
    issued = clock.today() - dt.timedelta(days=20)
    paper = certificate("Annual proof")
    for organisation in organisations:
        head = town.head_of(organisation)
        rating = cast.SOCIAL[town.social.index(organisation)][3]
        papers = [(kind, "", until) for kind in YEARLY] + [(ProofKind.RATING, rating, None)]
        for kind, value, expires_on in papers:
            proof = state_proof(
                organisation,
                actor=head,
                kind=kind.value,
                value=value,
                issuer="上海市浦东新区民政局",
                issued_on=issued,
                expires_on=expires_on,
                document=ContentFile(paper.read(), name=paper.name),
            )
            paper.seek(0)
            verify_proof(proof, actor=officer)


def _codes(prefix: str, letters: str) -> Iterator[str]:
    """Valid, made-up credit codes, one after another."""
    number = 0
    while True:
        number += 1
        yield uscc.make(prefix, REGION, f"{letters}{number:06d}")
