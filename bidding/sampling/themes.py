"""What free answers speak of: words that several people used, counted by people, not by times.

Pure and transparent: a theme is a run of two to four Chinese characters, or a word of letters,
that stands in at least five people's answers. Runs that begin or end with a small word (的, 了,
是 …) are no themes, nor is one that hardly ever stands outside a longer one. What looks like
a person (a family name with 经理, 老师, 师傅 …) is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 5
"""So many people have to have used a word for it to be shown."""

LONGEST = 4
MOST = 20
SMALL = frozenset(
    "的了是我你他她它们这那在有和与及也都就还又很太更最不没能会要想可以把被给让对从向到为因所但而或"
    "如果请吗呢吧啊呀哦嗯一二两三个些点多少着过地得之其并且个每各再已只才去来上下里中外用做"
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
    people: Counter[str] = Counter()
    wrote = 0
    for answer in answers:
        if answer.strip():
            wrote += 1
            people.update(_words(answer))
    frequent = {word: count for word, count in people.items() if count >= least}
    found = [Theme(word, n) for word, n in frequent.items() if not _inside_longer(word, frequent)]
    found.sort(key=lambda theme: (-theme.people, -len(theme.word), theme.word))
    return [Theme("", wrote), *found[:most]]


def _words(answer: str) -> set[str]:
    """Every word of one answer, once."""
    found = {word.lower() for word in WORD.findall(answer)} - ENGLISH
    for run in HAN.findall(PERSON.sub(" ", answer)):
        for size in range(2, LONGEST + 1):
            for start in range(len(run) - size + 1):
                word = run[start : start + size]
                if word[0] not in SMALL and word[-1] not in SMALL:
                    found.add(word)
    return found


def _inside_longer(word: str, frequent: dict[str, int]) -> bool:
    """Does the word hardly ever (one time in five) stand outside a longer frequent one?"""
    return any(
        word != other and word in other and count >= 0.8 * frequent[word]
        for other, count in frequent.items()
    )
