"""What people want to know about agreements."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from foundation.organisations.rules import roles_of
from marketplace.agreements.models import Agreement, Party, Tranche
from marketplace.agreements.states import AgreementState
from marketplace.ledger import accounts
from marketplace.ledger.models import Account
from marketplace.matching.queries import sees_all
from marketplace.payments.models import Payable
from marketplace.payments.states import SETTLED, PayableState


def agreements_visible_to(person: Any) -> QuerySet[Agreement]:
    """For the federation all; for others those their organisation is a party to, once offered."""
    agreements = Agreement.objects.all()
    if sees_all.test(person):
        return agreements
    mine = list(roles_of(person))
    return agreements.filter(parties__organisation__in=mine, offered_at__isnull=False).distinct()


def parties_visible_to(person: Any) -> QuerySet[Party]:
    """The sides of agreements the person sees."""
    return Party.objects.filter(agreement__in=agreements_visible_to(person))


def to_sign(person: Any) -> QuerySet[Party]:
    """Sides that wait for a signature of the person's organisations."""
    return Party.objects.filter(
        Q(organisation__in=list(roles_of(person))),
        signed_at=None,
        agreement__state=AgreementState.OFFERED,
    ).select_related("agreement")


def payables_of_tranche() -> QuerySet[Payable]:
    """What is owed for a tranche, as a subquery of tranches."""
    reference = Concat(Value("tranche:"), Cast(OuterRef("pk"), CharField()))
    return Payable.objects.filter(reference=reference)


def tranches_with_payment() -> QuerySet[Tranche]:
    """Tranches, each with whether it has been paid, all of it."""
    owed = payables_of_tranche().exclude(state__in=SETTLED)
    return Tranche.objects.annotate(
        paid=Exists(payables_of_tranche().filter(state=PayableState.PAID)) & ~Exists(owed)
    )


def claimed_fen(agreement: Agreement) -> int:
    """What was claimed back under the agreement and has not come yet."""
    award = agreement.award
    beginning = accounts.receivable(
        award.fund,
        award.proposal.organisation_id,
        agreement.pk,
        accounts.fund_available(award.fund),
    ).removesuffix(accounts.AVAILABLE)
    found = Account.objects.filter(place=accounts.RECEIVABLE, code__startswith=beginning)
    return int(found.aggregate(fen=Sum(F("credits") - F("debits")))["fen"] or 0)


def open_claims() -> QuerySet[Agreement]:
    """Agreements under which something was claimed back that has not come yet."""
    owing = Account.objects.filter(
        place=accounts.RECEIVABLE,
        credits__gt=F("debits"),
        code__contains=Concat(Value("/agreement/"), Cast(OuterRef("pk"), CharField()), Value("/")),
    )
    return Agreement.objects.filter(Exists(owing)).order_by("pk")
