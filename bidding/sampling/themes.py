"""What free answers speak of: words that several people used, counted by people, not by times.

Pure and transparent: a theme is a run of two to four Chinese characters, or a word of letters,
that stands in at least five people's answers. Runs that begin or end with a small word (的, 了,
是 …) are no themes, nor is one that only stands across or inside others (`_standing_alone`). What
looks like a person (a family name with 经理, 老师, 师傅 …) is passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LEAST = 5
"""So many people have to have used a word for it to be shown."""

LONGEST = 4
MOST = 20
CANDIDATES = 300
EMPTY = frozenset({"看看", "觉得", "认为", "建议", "谢谢", "比较", "方面", "时候", "什么", "怎么"})
"""Words that say nothing by themselves."""
SMALL = frozenset(
    "的了是我你他她它们这那在有和与及也都就还又很太更最不没能会要想可以把被给让对从向到为因所但而或"
    "如果请吗呢吧啊呀哦嗯一二两三个些点多少着过之其并且个每各再已只才去来用做"
)
"""Characters no theme begins or ends with."""

ENGLISH = frozenset(
    re.findall(
        "[a-z]+",
        "the and for with that this are was have has had not but you our your their they from all "
        "any can could would should more there when what which who how why will just also very too "
        "been about into out its his her them than then please want need like",
    )
)
TITLES = (
    "先生",
    "女士",
    "经理",
    "主任",
    "主席",
    "书记",
    "老师",
    "师傅",
    "科长",
    "组长",
    "老板",
    "总",
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万"
)
HAN = re.compile(r"[\u4e00-\u9fff]+")
PERSON = re.compile(f"[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{0,2}}?(?:{'|'.join(TITLES)})")
"""Somebody: a family name, then a title, perhaps with a name between. It is passed over."""

WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,24}")


@dataclass(frozen=True)
class Theme:
    """A word and how many people used it; the empty word counts all who wrote something."""

    word: str
    people: int


def themes(answers: Iterable[str], *, least: int = LEAST, most: int = MOST) -> list[Theme]:
    """The themes of free answers, each one person's: the most frequent first.

    First of all the empty word: how many people wrote anything.
    """
    texts = [PERSON.sub(" ", answer) for answer in answers if answer.strip()]
    people: Counter[str] = Counter()
    for text in texts:
        people.update({word for word, _at in _words(text)})
    frequent = [word for word, count in people.items() if count >= least and _says(word)]
    frequent.sort(key=lambda word: (-people[word] * (_size(word) - 1), word))
    kept = _standing_alone(texts, frequent[:CANDIDATES], people, least)
    kept.sort(key=lambda word: (-people[word], -len(word), word))
    return [Theme("", len(texts)), *(Theme(word, people[word]) for word in kept[:most])]


def _size(word: str) -> int:
    """How much a word says: its characters; a word of letters as much as three."""
    return 3 if word.isascii() else len(word)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Every run of two to four characters of one answer, every word of letters, and where."""
    for word in WORD.finditer(text):
        yield word.group().lower(), word.start()
    for run in HAN.finditer(text):
        start, end = run.span()
        for size in range(2, LONGEST + 1):
            for at in range(start, end - size + 1):
                yield text[at : at + size], at


def _says(word: str) -> bool:
    """Is it a word by itself, as far as its first and last character tell?"""
    if word.isascii():
        return word not in ENGLISH
    return word[0] not in SMALL and word[-1] not in SMALL and word not in EMPTY


def _standing_alone(
    texts: list[str], words: list[str], people: Counter[str], least: int
) -> list[str]:
    """The words that stand in enough answers beside those before them, not across or inside them.

    So 劳动合同 is a theme, and 看劳动合, which is cut out of the same answers, is none: of words
    that say as much, the one that more often ends where a sentence does comes first.
    """
    wanted = set(words)
    answers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    edges: Counter[str] = Counter()
    for number, text in enumerate(texts):
        for word, at in _words(text):
            if word in wanted:
                answers[word].append((number, at))
                after = text[at + len(word) : at + len(word) + 1]
                edges[word] += at == 0 or not HAN.match(text[at - 1]) or not HAN.match(after)
    words = sorted(words, key=lambda word: (-people[word] * (_size(word) - 1), -edges[word], word))
    taken: dict[int, set[int]] = defaultdict(set)
    kept = []
    for word in words:
        free = [
            (number, at)
            for number, at in answers[word]
            if taken[number].isdisjoint(range(at, at + len(word)))
        ]
        if len({number for number, _at in free}) >= least:
            kept.append(word)
            for number, at in free:
                taken[number].update(range(at, at + len(word)))
    return kept
