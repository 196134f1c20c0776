"""Bodies and people of the padded world: organisations that bid, unions that buy, who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from cms.demo import cast
from cms.demo.people import DOMAIN
from cms.demo.town import REGION
from foundation import clock, uscc
from foundation.organisations.models import (
    District,
    Membership,
    MembershipRole,
    Organisation,
    Union,
)
from foundation.organisations.queries import federation
from foundation.organisations.states import OrganisationState
from foundation.people.models import Person, Role
from marketplace.payments.models import BankAccount

SERIAL = "PD"
"""With which letters the body codes of padded organisations begin."""

WORDS = (
    "同心",
    "晨曦",
    "家园",
    "启航",
    "暖阳",
    "向阳",
    "和风",
    "春雨",
    "青禾",
    "知行",
    "聚力",
    "远帆",
)
WORKS = (
    "职工服务",
    "法律援助",
    "心理关爱",
    "技能培训",
    "文化艺术",
    "健康促进",
    "亲子成长",
    "财务咨询",
)
FORMS = (("中心", "52"), ("促进会", "51"), ("服务社", "52"))
FOUNDED = dt.datetime(2014, 12, 1, 9, tzinfo=clock.SHANGHAI)


@dataclass(frozen=True)
class Body:
    """An organisation, and the person who signs for it."""

    organisation: Organisation
    head: Person


@dataclass(frozen=True)
class Hands:
    """Whom the padded world's acts are done by: the posts, and the bodies that buy."""

    officer: Person
    maker: Person
    approver: Person
    federation: Body
    buyers: list[Body]
    districts: list[str]


def hands() -> Hands:
    """The officials who are there, and every street and zone with a chair who signs."""
    officer = _holding(Role.OFFICER)[0]
    maker, approver = _holding(Role.FUND_MANAGER)[:2]
    root = federation()
    assert root is not None, "plant the federation first"
    unions = Union.objects.filter(union_type="hub").order_by("pk").values("organisation")
    buyers = list(Organisation.objects.filter(pk__in=unions).order_by("pk"))
    chairs = _heads([root, *buyers], "chair")
    return Hands(
        officer=officer,
        maker=maker,
        approver=approver,
        federation=Body(root, chairs[root.pk]),
        buyers=[Body(union, chairs[union.pk]) for union in buyers],
        districts=list(District.objects.order_by("code").values_list("pk", flat=True)[:36]),
    )


def bidders(count: int) -> list[Body]:
    """At least `count` padded organisations with heads and bank accounts; made where missing."""
    begin = [f"{prefix}{REGION}{SERIAL}" for prefix in ("51", "52")]
    rows = Organisation.objects.filter(uscc__startswith=begin[0]) | Organisation.objects.filter(
        uscc__startswith=begin[1]
    )
    there = rows.count()
    districts = list(District.objects.order_by("code")[:36])
    Organisation.objects.bulk_create(
        (_organisation(number, districts) for number in range(there, count)), batch_size=500
    )
    found = list(rows.order_by("pk"))
    heads = _heads(found, "head")
    banked = set(
        BankAccount.objects.filter(organisation__in=rows).values_list("organisation", flat=True)
    )
    BankAccount.objects.bulk_create(
        (
            BankAccount(
                organisation=body,
                holder=body.name,
                bank="上海农商银行浦东分行",
                number=f"6222{body.pk:012d}",
                stated_by=heads[body.pk],
                stated_at=FOUNDED,
            )
            for body in found
            if body.pk not in banked
        ),
        batch_size=500,
    )
    return [Body(body, heads[body.pk]) for body in found]


def _organisation(number: int, districts: list[District]) -> Organisation:
    """The organisation of this number: the same name and code every time."""
    word, rest = WORDS[number % len(WORDS)], number // len(WORDS)
    work, rest = WORKS[rest % len(WORKS)], rest // len(WORKS)
    form, prefix = FORMS[rest % len(FORMS)]
    district = districts[number % len(districts)]
    return Organisation(
        kind="social",
        name=f"{district.name}{word}{work}{form}",
        uscc=uscc.make(prefix, REGION, f"{SERIAL}{number + 1:06d}"),
        summary="服务浦东职工的社会组织。",
        district=district,
        contact_name=cast.invented_name(number),
        registered_at=FOUNDED,
        state=OrganisationState.VERIFIED,
    )


def _heads(bodies: list[Organisation], word: str) -> dict[int, Person]:
    """Who represents each body; where nobody does, somebody who cannot sign in is made."""
    wanted = [body.pk for body in bodies]
    members = Membership.objects.filter(
        organisation__in=wanted, role=MembershipRole.REPRESENTATIVE, ended_at=None
    ).select_related("person")
    heads = {member.organisation_id: member.person for member in members}
    missing = [pk for pk in wanted if pk not in heads]
    unusable = make_password(None)
    people = Person.objects.bulk_create(
        [
            Person(
                email=f"{word}-of-{pk}@{DOMAIN}",
                name=cast.invented_name(pk),
                password=unusable,
                joined_at=FOUNDED,
            )
            for pk in missing
        ],
        batch_size=500,
    )
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                organisation_id=pk,
                role=MembershipRole.REPRESENTATIVE.value,
                began_at=FOUNDED,
            )
            for pk, person in zip(missing, people, strict=True)
        ],
        batch_size=500,
    )
    return heads | dict(zip(missing, people, strict=True))


def _holding(role: str) -> list[Person]:
    """Who holds a post, the longest in it first."""
    people = Person.objects.filter(appointments__role=role, appointments__ended_at=None)
    return list(people.order_by("pk"))
