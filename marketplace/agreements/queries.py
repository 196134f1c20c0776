"""What people want to know about agreements."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Sum

from foundation.organisations.rules import roles_of
from marketplace.agreements.models import Agreement, Party
from marketplace.agreements.states import AgreementState
from marketplace.ledger import accounts
from marketplace.ledger.models import Account
from marketplace.matching.queries import sees_all


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


def faults_of_encumbrances() -> list[str]:
    """Agreements whose promise is not what stands in their accounts, a sentence each."""
    wrong = []
    held = {
        account.code: account.balance_fen
        for account in Account.objects.filter(place=accounts.ENCUMBERED)
    }
    agreements = (
        Agreement.objects.select_related("award__fund")
        .prefetch_related("award__shares")
        .annotate(owed=Sum("tranches__spent_fen"))
    )
    for agreement in agreements.iterator(chunk_size=500):
        codes = [
            accounts.agreement_encumbered(agreement.award.fund, agreement.pk, share.pocket)
            for share in agreement.award.shares.all()
        ]
        stands = sum(held.pop(code, 0) for code in codes)
        in_force = agreement.state == AgreementState.SIGNED
        promised = agreement.amount_fen - (agreement.owed or 0) if in_force else 0
        if stands != promised:
            wrong.append(f"agreement {agreement.pk}: {stands} bound, not {promised}")
    wrong += [f"{code} holds {fen} for no agreement" for code, fen in held.items() if fen]
    return wrong
