"""Hiding who wrote a text: names as people shorten and space them, codes, telephone, addresses.

Pure. It rather hides too much than too little: whoever writes sees beforehand what readers will
see. What no rule can know (a nickname, a street only one body works in) a person has to name.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

HIDDEN = "▇▇"
"""What stands where something was hidden."""

PLACES = (
    "中国",
    "全国",
    "上海市",
    "上海",
    "浦东新区",
    "浦东",
    "shanghai",
    "pudong new area",
    "pudong",
)
AREAS = ("街道", "新区", "工业区", "开发区", "园区", "镇", "乡", "区", "市", "省")
KINDS = (
    "有限责任公司", "股份有限公司", "有限公司", "律师事务所", "会计师事务所", "事务所", "基金会",
    "促进会", "联合会", "研究会", "俱乐部", "总工会", "工会", "协会", "学会", "商会", "中心",
    "集团", "公司", "学校", "医院", "机构", "社", "会", "所", "院", "站", "队", "坊",
)  # fmt: skip
GENERAL = (
    "社会工作", "社会组织", "社会服务", "志愿者", "服务", "社工", "职工", "工人", "公益", "文化",
    "法律", "发展", "促进", "青年", "社区", "志愿", "教育", "健康", "心理", "家庭", "关爱", "援助",
    "培训", "技能", "管理", "咨询", "评估", "专业", "综合", "劳动", "科技", "艺术", "体育", "养老",
    "妇女", "儿童", "社会", "指导", "调解", "审计", "维权", "生活", "素养", "交流", "创新", "支持",
)  # fmt: skip
GENERAL_LATIN = frozenset((
    "the", "of", "and", "for", "co", "ltd", "inc", "limited", "company", "center", "centre",
    "service", "services", "social", "work", "worker", "workers", "association", "foundation",
    "society", "institute", "office", "organisation", "organization", "community", "legal",
    "culture", "cultural", "development", "public", "welfare", "volunteer", "volunteers",
))  # fmt: skip
TITLES = (
    "老师", "律师", "主任", "理事长", "会长", "总干事", "秘书长", "社工", "督导", "经理", "医生",
    "教授", "先生", "女士", "总监", "主席", "书记", "院长", "所长", "工程师", "会计师",
)  # fmt: skip
COMPOUND = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容"}
)
SHORT_KINDS = ("中心", "社工", "机构", "团队", "协会", "社", "会", "所")

_TAG = r"<[^<>]{0,80}>"
GAP = rf"(?:[\s·•・.\-_+&*~|/\\()\"'“”‘’《》「」\[\]【】]|{_TAG}){{0,6}}"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)

_DIGITS = r"\d(?:[ \-]?\d)"
TELLING: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"[a-z0-9._%+\-]+\s?@\s?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+",
        r"(?:https?://|www\.)[^\s,。;、)]+",  # folded: full width is gone
        r"(?<![a-z0-9.\-])(?:[a-z0-9\-]+\.)+(?:com|cn|org|net|edu|gov|info|top|vip)(?![a-z0-9])",
        r"(?<!\d)(?:\+?86[ \-]?)?1[3-9]\d(?:[ \-]?\d){8}(?!\d)",
        r"(?<!\d)\(?0\d{2,3}\)?[ \-]?[2-9]\d{2,3}[ \-]?\d{4}(?!\d)",
        r"(?<!\d)[48]00[ \-]?\d{3}[ \-]?\d{4}(?!\d)",
        rf"(?:电话|热线|座机|手机|传真|tel|phone|fax|hotline)[^\d\n]{{0,8}}{_DIGITS}{{5,}}",
        r"(?:微信|公众号|微博|抖音|qq|wechat|weibo)[^\n\w]{0,4}(?:群|号|id|account)?[^\n\w]{0,4}"
        r"[a-z0-9_\-]{5,}",
        r"(?<![0-9a-z])(?=(?:[a-z]*\d){8})[0-9a-z]{18}(?![0-9a-z])",
        r"(?<!\d)\d{10,}(?!\d)",
    )
)
NUMBERS = re.compile(r"[a-z]{0,4}[\-]?\d(?:[\d\-]{2,}\d|\d\d)")
"""Numbers of certificates and licences: where they stand, three figures tell already."""


@dataclass(frozen=True)
class Names:
    """Who is to stay unknown: bodies and people by name, and what else is hidden as it stands."""

    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Redaction:
    """Hides some names, made once for as many texts as bear them."""

    def __init__(self, names: Names) -> None:
        """Lay out every form of the names, by the letter it begins with."""
        forms: set[str] = set()
        for name in names.bodies:
            forms |= forms_of_body(name, names.places)
        for name in names.people:
            forms |= forms_of_person(name)
        forms |= {word for word in map(_plain, names.words) if len(word.replace(" ", "")) > 1}
        begun: dict[str, list[str]] = defaultdict(list)
        for form in sorted(forms, key=lambda one: (-len(one), one)):
            begun[form[0]].append(_pattern(form))
        self._begun = {letter: re.compile("|".join(all_)) for letter, all_ in begun.items()}

    @property
    def hides_nothing(self) -> bool:
        """Are there no names in it that could be looked for?"""
        return not self._begun

    def hide(self, text: str, *, numbers: bool = False) -> str:
        """The text with everything hidden that tells; `numbers`: those of certificates as well."""
        folded, places = _folded(text)
        found = [*self._names_in(folded), *_telling_in(folded)]
        if numbers:
            found += [match.span() for match in NUMBERS.finditer(folded)]
        spans = sorted((places[begin][0], places[end - 1][1]) for begin, end in found)
        out, at = [], 0
        for begin, end in _merged(spans):
            out += [text[at:begin], HIDDEN]
            at = end
        return "".join([*out, text[at:]])

    def _names_in(self, folded: str) -> Iterator[tuple[int, int]]:
        """The longest form at every letter one may begin with; they may lie over each other."""
        for at, letter in enumerate(folded):
            pattern = self._begun.get(letter)
            if pattern and (match := pattern.match(folded, at)):
                yield match.span()


def _telling_in(folded: str) -> Iterator[tuple[int, int]]:
    for pattern in TELLING:
        for match in pattern.finditer(folded):
            yield match.span()


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _fold_one(letter: str) -> str:
    """A letter without width, case and accents; nothing for what is not seen."""
    if unicodedata.category(letter) in ("Cf", "Cc") and letter not in "\n\t\r":
        return ""
    return "".join(
        one
        for one in unicodedata.normalize("NFKD", letter).casefold()
        if unicodedata.category(one) != "Mn"
    )


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text folded, and for each of its letters where it stood in what was written."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        entity = _ENTITY.match(text, at) if text[at] == "&" else None
        end = entity.end() if entity else at + 1
        written = html.unescape(text[at:end]) if entity else text[at]
        for one in written:
            for letter in _fold_one(one):
                letters.append(letter)
                places.append((at, end))
        at = end
    return "".join(letters), places


def _plain(name: str) -> str:
    """A name folded, with single spaces between its words and nothing else."""
    folded = _folded(name)[0]
    return " ".join(re.sub(r"[^\w]|_", " ", folded).split())


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _pattern(form: str) -> str:
    """What finds a form: whole words in Latin letters, Han letters with what people put between."""
    parts: list[str] = []
    letters = form.replace(" ", "")
    words = [word for word in form.split(" ") if word]
    ends, total = set(), 0
    for word in words:
        total += len(word)
        ends.add(total)
    for place, letter in enumerate(letters, start=1):
        parts.append(re.escape(letter))
        after = letters[place : place + 1]
        both_latin = bool(after) and _is_latin(letter) and _is_latin(after)
        if after and (not both_latin or place in ends):
            parts.append(GAP)
    before = r"(?<![a-z0-9])" if _is_latin(letters[0]) else ""
    behind = r"(?![a-z0-9])" if _is_latin(letters[-1]) else ""
    return f"{before}{''.join(parts)}{behind}"


def forms_of_person(name: str) -> set[str]:
    """How a person is named: in full, the other way round in Latin letters, surname and title."""
    plain = _plain(name)
    letters = plain.replace(" ", "")
    if not letters:
        return set()
    forms = {plain} if len(letters) > 1 else set()
    if all(_is_latin(letter) for letter in letters):
        words = plain.split(" ")
        return forms | ({" ".join(reversed(words))} if len(words) > 1 else set())
    surname = letters[:2] if letters[:2] in COMPOUND and len(letters) > 2 else letters[:1]
    return forms | {surname + title for title in TITLES}


def forms_of_body(name: str, places: Iterable[str] = ()) -> set[str]:
    """How a body is named: in full, without its place, without what many names end with."""
    plain = _plain(name)
    if not plain:
        return set()
    known = [*PLACES, *map(_plain, places)]
    known += [one.removesuffix(area) for one in known for area in AREAS if one.endswith(area)]
    known = [one for one in known if len(one) > 1]
    if all(_is_latin(letter) for letter in plain.replace(" ", "")):
        return _latin_forms(plain, known)
    return _han_forms(plain.replace(" ", ""), known)


def _latin_forms(plain: str, places: list[str]) -> set[str]:
    words, dropped = plain.split(" "), True
    lead = {tuple(one.split(" ")) for one in places}
    while dropped:
        dropped = any(tuple(words[: len(one)]) == one for one in lead)
        longest = max((len(one) for one in lead if tuple(words[: len(one)]) == one), default=0)
        words = words[longest:]
    core = [word for word in words if word not in GENERAL_LATIN]
    forms = {plain, " ".join(words) if core else plain, " ".join(core)}
    while words and words[-1] in GENERAL_LATIN:
        words = words[:-1]
        forms.add(" ".join(words) if core else plain)
    initials = "".join(word[0] for word in plain.split(" ") if word not in ("the", "of", "and"))
    if len(initials) > 2:
        forms.add(initials)
    return {form for form in forms if len(form.replace(" ", "")) > 2}


def _han_forms(name: str, places: list[str]) -> set[str]:
    forms = {name}
    rest = name
    while place := max((one for one in places if rest.startswith(one)), key=len, default=""):
        rest = rest[len(place) :]
        if len(rest) > 2 and rest not in KINDS:
            forms.add(rest)
    core, tails = rest, []
    while tail := max(
        (one for one in (*KINDS, *GENERAL) if core.endswith(one)), key=len, default=""
    ):
        core = core[: -len(tail)]
        tails.append(core)
    if not core:  # nothing but common words: only the name as such tells
        return {form for form in forms if not _is_common(form)}
    forms |= {one for one in tails if len(one) > 1}
    forms |= {core + kind for kind in SHORT_KINDS}
    own = core
    while lead := max((one for one in GENERAL if own.startswith(one)), key=len, default=""):
        own = own[len(lead) :]
    forms |= {one for one in (core, own) if len(one) > 1}
    return forms


def _is_common(form: str) -> bool:
    """Is it one word that any text may hold, as “服务中心”?"""
    rest = form
    for kind in KINDS:
        if rest.endswith(kind):
            rest = rest[: -len(kind)]
            break
    return rest in ("", *GENERAL)
