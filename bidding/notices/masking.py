"""What of a person's name and words is shown in public: a surname, and no way to reach them."""

from __future__ import annotations

import re

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?:微信|wechat|qq)\s*(?:号)?\s*[:：]?\s*[a-z0-9_-]{5,}"  # messengers
    r"|(?<!\d)\+?\d(?:[\d\s-]{5,18})\d(?!\d)",  # phones, identity numbers (not short figures)
    re.IGNORECASE,
)

MASK = "＊＊＊"


def masked_name(name: str) -> str:
    """张小明 → 张*; John Smith → J*; nothing stays nothing."""
    name = name.strip()
    return f"{name[0]}*" if name else ""


def without_contacts(text: str) -> str:
    """The text with e-mail addresses, phone and identity numbers struck out."""
    return _CONTACT.sub(MASK, text)
