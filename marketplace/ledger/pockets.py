"""What of a pocket is free: in it, and not pledged, as the rooms above that know of it say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.money import yuan
from marketplace.ledger.book import Overdrawn
from marketplace.ledger.models import Account, Fund

Pledged = Callable[..., dict[tuple[int, int, str], int]]

PLEDGES: list[Pledged] = []
"""Who above knows what unions have pledged: `f(funds=, organisations=)`, both may be left out."""


def pledged(
    *, funds: Iterable[int] | None = None, organisations: Iterable[int] | None = None
) -> dict[tuple[int, int, str], int]:
    """{(fund, union, place): fen} that is pledged out of a pocket and still lies in it."""
    found: dict[tuple[int, int, str], int] = {}
    for known in PLEDGES:
        found |= known(funds=funds, organisations=organisations)
    return found


def free_of(pocket: Account) -> tuple[int, int]:
    """(fen of a union's pocket that nobody was promised, fen that is pledged out of it)."""
    if pocket.organisation_id is None:
        return pocket.balance_fen, 0
    key = pocket.fund_id, pocket.organisation_id, pocket.place
    promised = pledged(funds=[key[0]], organisations=[key[1]]).get(key, 0)
    return pocket.balance_fen - promised, promised


def must_be_free(pocket: Account | None, amount_fen: int) -> None:
    """A sentence beside the amount, unless that much lies there that nobody was promised.

    The pocket's row is locked; whoever pledges out of it locks it, too.
    """
    free, promised = free_of(pocket) if pocket else (0, 0)
    if amount_fen <= free:
        return
    if not promised:
        sentence = _("There is only %(there)s left there.") % {"there": yuan(free)}
        raise Overdrawn(sentence, field="amount_fen")
    raise Overdrawn(
        _("Only %(free)s is free there: %(promised)s is pledged for projects on the shelf.")
        % {"free": yuan(max(free, 0)), "promised": yuan(promised)},
        field="amount_fen",
    )


def nothing_pledged(fund: Fund, places: Iterable[str]) -> None:
    """A sentence, if unions still pledge money out of these pockets of the fund."""
    promised = sum(
        fen for (_fund, _buyer, place), fen in pledged(funds=[fund.pk]).items() if place in places
    )
    if promised:
        raise DomainError(
            _(
                "Unions still pledge %(fen)s out of this fund. Share the money out, or let them "
                "take it back first."
            )
            % {"fen": yuan(promised)}
        )
