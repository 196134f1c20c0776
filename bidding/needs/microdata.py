"""The open file of a survey: rows of answers that name nobody, and their description."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bidding.needs.industries import INDUSTRIES, OFFICIAL
from bidding.needs.models import Option, Question, QuestionKind
from bidding.needs.variables import PLACES, Variable, variables
from bidding.sampling import codebook
from bidding.sampling.frame import Frame
from bidding.sampling.release import Key, Released, bands, release
from bidding.sampling.weighing import Weighed

OTHER = "other"
RARE = 0.05
"""A value fewer than this part of the sheets have is put together with its like first."""

SECTORS = dict.fromkeys("A", "primary") | dict.fromkeys("BCDE", "secondary")
SECTORS |= {letter: "tertiary" for letter, _name in INDUSTRIES if letter not in SECTORS}
TOLD = (QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.RANKING, QuestionKind.GRID)
SECTOR_WORDS = {
    "primary": ("第一产业", "primary sector"),
    "secondary": ("第二产业", "secondary sector"),
    "tertiary": ("第三产业", "tertiary sector"),
    OTHER: ("其他（合并）", "others, put together"),
}


def key_variables(questions: Iterable[Question], frame: Frame) -> list[Variable | Question]:
    """What somebody could know of a worker: place, trade, and every single choice or number."""
    questions = list(questions)
    found: list[Variable | Question] = [
        own
        for own in variables(questions)
        if (own.question is None or own.question.kind in (*PLACES, QuestionKind.SINGLE))
        and len(frame.values(own.column)) > 1
    ]
    return found + [q for q in questions if q.kind == QuestionKind.NUMBER]


def _column(own: Variable | Question) -> str:
    return own.column if isinstance(own, Variable) else own.code


def _name(own: Variable | Question) -> str:
    return own.code


def _key(own: Variable | Question, frame: Frame) -> Key:
    """How a fact is coarsened: numbers to bands, trades to sectors, rare values together."""
    column = _column(own)
    if isinstance(own, Question):
        numbers = [value for value in frame.values(column) if isinstance(value, int)]
        steps: list[dict[str, str]] = [bands(numbers, 5)]
        for width in (10, 20):
            wider = bands(numbers, width)
            steps.append({band: wider[number] for number, band in bands(numbers, 5).items()})
            if width == 20:
                tens = bands(numbers, 10)
                steps[-1] = {tens[number]: wider[number] for number in tens}
        return Key(own.code, tuple(steps))
    if column == PLACES["industry"]:
        return Key(_name(own), (SECTORS,))
    counts = Counter({str(said): many for (said,), many in frame.counts(column)})
    rare = {value: OTHER for value, many in counts.items() if many < RARE * frame.n}
    rare.pop("None", None)
    return Key(_name(own), (rare,) if len(rare) > 1 else ())


def _values(frame: Frame, column: str) -> list[Any]:
    words = frame.values(column)
    return [words[number] for number in frame.numbers(column)]


def released(
    questions: list[Question], weighed: Weighed
) -> tuple[Released, bytes, list[codebook.Variable]]:
    """The open file as CSV, what was done to its rows, and its columns' descriptions."""
    frame = weighed.frame
    owns = key_variables(questions, frame)
    keys = [_key(own, frame) for own in owns]
    known = _rows(frame, [_column(own) for own in owns])
    asked = [q for q in questions if q.kind in TOLD]
    told = _rows(frame, [q.code for q in asked])
    done = release(keys, known, told)
    weights = _weights(done, weighed)
    columns = [_cells(question, _values(frame, question.code)) for question in asked]
    heads = [key.name for key in keys] + [head for own in columns for head, _cells in own]
    lines = sorted(
        (
            *done.keys[place],
            *(cells[place] for own in columns for _head, cells in own),
            f"{weights[place]:.6g}",
        )
        for place in done.kept
    )
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*heads, "weight"])
    table.writerows(lines)
    described = _described(owns, asked, [*heads, "weight"], lines)
    return done, out.getvalue().encode(), described


def _rows(frame: Frame, columns: list[str]) -> list[tuple[str, ...]]:
    """The columns' values as words, sheet by sheet."""
    said = []
    for column in columns:
        words = ["" if value is None else str(value) for value in frame.values(column)]
        said.append([words[number] for number in frame.numbers(column)])
    return list(zip(*said, strict=True)) if said else [()] * frame.n


def _weights(done: Released, weighed: Weighed) -> dict[int, float]:
    """Each row's weight: its group's mean, in mean weights, so that it tells nothing more."""
    mean = weighed.sample.whole / weighed.sample.n if weighed.sample.n else 1.0
    found: dict[int, float] = {}
    for places in done.groups.values():
        own = sum(weighed.sample.weights[weighed.where[place]] for place in places)
        found |= dict.fromkeys(places, own / len(places) / mean)
    return found


def _cells(question: Question, values: list[Any]) -> list[tuple[str, list[str]]]:
    """The columns of a question: (head, a cell for each sheet)."""
    code, options = question.code, question.options.all()
    if question.kind == QuestionKind.MULTIPLE:
        return [
            (f"{code}_{o.code}", ["" if v is None else str(int(o.code in v)) for v in values])
            for o in options
        ]
    if question.kind == QuestionKind.GRID:
        return [
            (f"{code}_{o.code}", ["" if v is None else str(v.get(o.code, "")) for v in values])
            for o in options
        ]
    return [
        (
            code,
            ["" if v is None else ";".join(v) if isinstance(v, list) else str(v) for v in values],
        )
    ]


def _described(
    owns: list[Variable | Question],
    asked: list[Question],
    heads: list[str],
    lines: list[tuple[str, ...]],
) -> list[codebook.Variable]:
    """What stands in each column, value by value, and how often."""
    words: dict[str, tuple[codebook.Words, codebook.Words, dict[str, codebook.Words]]] = {}
    for own in owns:
        labels = {} if isinstance(own, Question) else _labels(own)
        named = _question_words(own.question if isinstance(own, Variable) else own)
        place = PLACE_WORDS.get(_column(own), named)
        words[_name(own)] = (place, named, labels | SECTOR_WORDS)
    for question in asked:
        words |= _answer_words(question)
    found = []
    columns = list(zip(*lines, strict=True))
    for at, head in enumerate(heads):
        label, question_words, labels = words.get(head, WEIGHT)
        counts = Counter(columns[at]) if head != "weight" and lines else Counter()
        values = tuple(
            (value, labels.get(value, (value, "")), many)
            for value, many in sorted(counts.items())
            if value
        )
        found.append(codebook.Variable(head, label, question_words, values, head == "weight"))
    return found


PLACE_WORDS = {
    PLACES["district"]: ("工作所在街镇", "district of work"),
    PLACES["industry"]: ("行业（GB/T 4754-2017）", "industry (GB/T 4754-2017)"),
    PLACES["union"]: ("工会类型", "type of union"),
}
WEIGHT: tuple[codebook.Words, codebook.Words, dict[str, codebook.Words]] = (
    ("权数（同组取平均，均值为1）", "weight (the mean of the row's group; 1 on average)"),
    ("", ""),
    {},
)


def _question_words(question: Question | None) -> codebook.Words:
    return (question.wording, question.wording_en) if question else ("", "")


def _labels(own: Variable) -> dict[str, codebook.Words]:
    """The values' words in both languages, whatever language is spoken now."""
    if own.column == PLACES["industry"]:
        letters = [letter for letter, _name in INDUSTRIES]
        return {letter: (name, "") for letter, name in zip(letters, OFFICIAL, strict=True)}
    return {label.code: (str(label.wording), label.wording_en) for label in own.labels}


def _answer_words(
    question: Question,
) -> dict[str, tuple[codebook.Words, codebook.Words, dict[str, codebook.Words]]]:
    asked = _question_words(question)
    if question.kind in (QuestionKind.MULTIPLE, QuestionKind.GRID):
        yes_no = {"1": ("选", "chosen"), "0": ("未选", "not chosen")}
        levels: dict[str, codebook.Words] = {
            str(n): (level["wording"], level["wording_en"])
            for n, level in enumerate(question.levels, start=1)
        }
        values: dict[str, codebook.Words] = levels if levels else dict(yes_no)
        return {
            f"{question.code}_{option.code}": (_option_words(option), asked, values)
            for option in question.options.all()
        }
    return {question.code: (asked, asked, {})}


def _option_words(option: Option) -> codebook.Words:
    return option.wording, option.wording_en
