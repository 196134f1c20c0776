"""What this room knows to be true about money: each award's reserve is what its shares promise."""

from __future__ import annotations

from marketplace.awards.models import Award
from marketplace.awards.queries import HOLDING
from marketplace.ledger import accounts
from marketplace.ledger.models import Account


def faults() -> list[str]:
    """Awards whose promise is not what stands in their accounts, a sentence each."""
    wrong = []
    held = {
        account.code: account.balance_fen
        for account in Account.objects.filter(place=accounts.RESERVED)
    }
    awards = Award.objects.select_related("fund").prefetch_related("shares")
    for award in awards.iterator(chunk_size=500):
        for share in award.shares.all():
            code = accounts.award_reserved(award.fund, award.pk, share.pocket)
            promised = share.amount_fen if award.state in HOLDING else 0
            if held.pop(code, 0) != promised:
                wrong.append(f"award {award.pk}: {code} does not hold {promised}")
    wrong += [f"{code} holds {fen} for no award" for code, fen in held.items() if fen]
    return wrong
