"""Amounts as Chinese papers write them out, so that no digit can be added: 壹仟贰佰元整. Pure."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capitals(fen: int) -> str:
    """120005 → '壹仟贰佰元零伍分'; what is not negative, up to 10¹⁶ yuan."""
    if not 0 <= fen < 10**18:
        raise ValueError(f"cannot be written out: {fen}")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{whole or '零元'}整"
    small = f"{DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return whole + small + (f"{DIGITS[cents]}分" if cents else "整")


def _whole(number: int) -> str:
    """The yuan: groups of four digits, a single 零 for every gap between."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = True
            continue
        if text and (gap or group < 1000):
            text += "零"
        gap = False
        text += _group(group) + GROUPS[place]
    return text


def _group(number: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return text
