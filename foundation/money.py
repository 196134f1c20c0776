"""Money: whole fen, and how people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

LARGEST_FEN = 2**53
"""The largest amount the book takes: exact in every spreadsheet and every JSON reader."""


class TooLarge(ValueError):
    """An amount, but more than the book takes."""


_YUAN = re.compile(r"^[¥￥]?\s*([0-9][0-9,]*)(?:\.([0-9]{1,2}))?$")


def fen_from_text(text: str) -> int:
    """'1,300.5' → 130050. Raises ValueError for anything but a plain amount of whole fen,
    and TooLarge for one beyond what the book takes."""
    match = _YUAN.match(text.strip())
    if not match:
        raise ValueError(f"not an amount of money: {text!r}")
    yuan, cents = match.group(1).replace(",", ""), (match.group(2) or "").ljust(2, "0")
    fen = int(yuan) * 100 + int(cents)
    if fen > LARGEST_FEN:
        raise TooLarge(f"too large: {text!r}")
    return fen


def yuan(fen: int) -> str:
    """130000000 → '¥1,300,000.00'; below zero with a minus in front."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}¥{fen // 100:,}.{fen % 100:02d}"


def plain_yuan(fen: int) -> str:
    """130000050 → '1300000.50': for files that machines read."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def wan(fen: int) -> str:
    """130000000 → '130': ten thousands of yuan, at most two decimals, no trailing zeros."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    hundredths = (fen + 5_000) // 10_000
    whole, rest = divmod(hundredths, 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def pro_rata(amount: int, rooms: Sequence[int]) -> list[int]:
    """Share `amount` fen over pockets with `rooms` fen left in each: exact, no fen lost.

    Each pocket gives its proportion floored to the fen; what is left over is taken from the
    first pocket that still has room. Raises ValueError when the pockets do not hold `amount`.
    """
    total = sum(rooms)
    if amount < 0 or min(rooms, default=0) < 0 or amount > total:
        raise ValueError(f"cannot draw {amount} from {list(rooms)}")
    if not total:
        return [0 for _ in rooms]
    shares = [amount * room // total for room in rooms]
    rest = amount - sum(shares)
    for place, room in enumerate(rooms):
        extra = min(rest, room - shares[place])
        shares[place] += extra
        rest -= extra
    return shares


_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def capitals(fen: int) -> str:
    """130000050 → '壹佰叁拾万元零伍角整': an amount in the words of Chinese papers (人民币大写), to
    which nobody can add a digit. Below zero with 负 in front.
    """
    sign, fen = ("负", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(fen, 100)
    dimes, cents = divmod(rest, 10)
    said = f"{_capital(whole)}元" if whole or not rest else ""
    if dimes:
        said += ("零" if whole and whole % 10 == 0 else "") + f"{_DIGITS[dimes]}角"
    elif cents and whole:
        said += "零"
    return sign + said + (f"{_DIGITS[cents]}分" if cents else "整")


def _capital(number: int) -> str:
    """A whole number in capitals, by its largest unit and what is left of it."""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= size:
            count, left = divmod(number, size)
            gap = "零" if 0 < left < size // 10 else ""
            return _capital(count) + name + (gap + _capital(left) if left else "")
    return _DIGITS[number]
