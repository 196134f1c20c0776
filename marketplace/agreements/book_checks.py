"""What this room knows to be true about money: agreements hold what they promise and do not owe."""

from __future__ import annotations

from django.db.models import Sum

from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.ledger import accounts
from marketplace.ledger.models import Account


def faults() -> list[str]:
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
