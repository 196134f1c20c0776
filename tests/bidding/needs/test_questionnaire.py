"""The questionnaire as a pure thing: who is asked what, what is wrong, and XLSForm."""

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from bidding.needs import sheet, xlsform
from bidding.needs.conditions import Unread, expression, read_expression
from bidding.needs.questionnaire import Choice, Clause, Item, Level, Questionnaire
from foundation.errors import DomainError

AB = (Choice("a", "甲", "A"), Choice("b", "乙", "B", "legal-aid"))
OWN = Choice("other", "其他（请说明）", "Other (please say what)", None, True)
WHOLE = (
    Item("s1", "section", "关于您", "About you", required=False),
    Item("q1", "single", "您是谁？", "Who?", "一句话", "A word", choices=(*AB, OWN)),
    Item(
        "q2", "multiple", "要什么？", choices=AB, most=1, conditions=(Clause("q1", "any", ("a",)),)
    ),
    Item("q3", "ranking", "先后？", choices=(*AB, Choice("c", "丙")), most=2, required=False),
    Item(
        "q4",
        "grid",
        "同意吗？",
        choices=(Choice("r1", "工资"), Choice("r2", "休息", "Rest")),
        levels=(Level("否", "No"), Level("是", "Yes")),
    ),
    Item(
        "s2", "section", "其余", required=False, conditions=(Clause("q1", "none", ("b", "other")),)
    ),
    Item("q5", "scale", "满意吗？"),
    Item("q6", "number", "几个孩子？", least=0, most=12),
    Item("q7", "text", "还有吗？", required=False, conditions=(Clause("q6", "least", ("2",)),)),
    Item("q8", "district", "在哪？"),
    Item("q9", "industry", "哪一行？", required=False),
)
PAPER = Questionnaire(WHOLE)
FULL = {
    **{"q1": "a", "q2": ["b"], "q3": ["c", "a"], "q4": {"r1": "1", "r2": "2"}},
    **{"q5": "5", "q6": "2", "q7": " 谢谢 ", "q8": "310115004", "q9": "C"},
}


def asked(answers):
    return [item.code for _step, item in PAPER.walk(answers)]


def test_whoever_is_not_asked_skips_the_question_and_what_hangs_on_it():
    assert asked({"q1": "a", "q6": 2}) == ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9"]
    assert asked({"q1": "b", "q6": 2}) == ["q1", "q3", "q4"]
    assert asked({"q1": "a", "q6": 1})[-3:] == ["q6", "q8", "q9"]


def test_a_sheet_is_stored_by_codes_without_what_was_not_asked():
    assert sheet.filled(PAPER, FULL) == {
        **{"q1": "a", "q2": ["b"], "q3": ["c", "a"], "q4": {"r1": 1, "r2": 2}},
        **{"q5": 5, "q6": 2, "q7": "谢谢", "q8": "310115004", "q9": "C"},
    }
    changed = {**FULL, "q1": "other", "q1.other": "骑手"}
    assert sheet.filled(PAPER, changed) == {
        **{"q1": "other", "q1.other": "骑手"},
        **{"q3": ["c", "a"], "q4": {"r1": 1, "r2": 2}},
    }


@pytest.mark.parametrize(
    ("code", "value", "field"),
    [
        ("q1", "z", "q1"),
        ("q1", "other", "q1.other"),
        ("q2", ["a", "b"], "q2"),
        ("q3", ["a"], "q3"),
        ("q3", ["a", "a"], "q3"),
        ("q4", {"r1": "1"}, "q4"),
        ("q4", {"r1": "1", "r2": "3"}, "q4"),
        ("q5", "６", "q5"),
        ("q6", "13", "q6"),
        ("q6", "-1", "q6"),
        ("q8", " ", "q8"),
        ("q9", "Z", "q9"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_question(code, value, field):
    with pytest.raises(DomainError) as refused:
        sheet.filled(PAPER, {**FULL, code: value})
    assert refused.value.field == field


def test_problems_of_the_whole_are_named():
    late = Item("q1", "text", "?", conditions=(Clause("q2", "any", ("a",)),))
    odd = Item("q2", "single", "?", choices=AB, conditions=(Clause("q1", "any", ("a",)),))
    wrong = Item("q3", "text", "?", conditions=(Clause("q2", "any", ("z",)),))
    found = Questionnaire((late, odd, wrong, odd)).problems()
    assert [(p.code, p.what, p.word) for p in found] == [
        ("q1", "later", "q2"),
        ("q2", "number", "q1"),
        ("q3", "unknown", "z"),
        ("q2", "twice", ""),
        ("q2", "number", "q1"),
    ]
    assert [p.what for p in Questionnaire((WHOLE[0],)).problems()] == ["empty"]
    assert PAPER.problems() == []


def test_the_fingerprint_knows_every_word():
    assert PAPER.fingerprint() == Questionnaire(WHOLE).fingerprint()
    assert PAPER.fingerprint() != Questionnaire(WHOLE[:-1]).fingerprint()


@pytest.mark.parametrize(
    "text",
    [
        "selected(${q1}, 'a')",
        "(selected(${q1}, 'a') or selected(${q1}, 'b')) and ${q6} >= 2",
        "not(selected(${q1}, 'a') or selected(${q1}, 'b'))",
        "${q6} <= 3",
    ],
)
def test_a_condition_is_written_as_it_was_read(text):
    assert expression(read_expression(text)) == text


def test_conditions_are_read_as_people_write_them():
    assert read_expression("${q1} = 'a' or ${q1}='b'") == (Clause("q1", "any", ("a", "b")),)
    assert read_expression("${q1} != 'a' and ${n} > 3") == (
        Clause("q1", "none", ("a",)),
        Clause("n", "least", ("4",)),
    )
    for text in ("${q1} = 'a' or ${q2} = 'b'", "count(${q1}) > 1", "a and", "not(${q6} > 2)"):
        with pytest.raises(Unread):
            read_expression(text)


PLACES = {"district": [("310115004", "潍坊")], "industry": [("C", "制造业")]}


def test_a_form_that_is_written_reads_back_the_same():
    data = xlsform.write_form(WHOLE, title="=调研", form_id="x", version=2, places=PLACES)
    read = xlsform.read_form(io.BytesIO(data), {"legal-aid": "legal-aid"})
    assert tuple(read) == WHOLE


@pytest.mark.parametrize("items", [WHOLE, *((item,) for item in WHOLE if item.kind != "section")])
def test_a_form_that_is_written_is_one_that_pyxform_makes_an_xform_of(items):
    """The survey world's own reader; it once refused a ranking's number of places."""
    items = tuple(replace(item, conditions=()) for item in items) if len(items) == 1 else items
    data = xlsform.write_form(items, title="=调研", form_id="x", version=2, places=PLACES)
    warnings = []
    made = convert(data, warnings=warnings, file_type=".xlsx")
    assert [one for one in warnings if "or_other" not in one] == []
    for item in items:
        assert f"<{item.code}>" in made.xform or f"<{item.code}/>" in made.xform
    assert "<value>-</value>" not in made.xform  # what has no English says it in Chinese


def form(*survey, choices=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label", "relevant", "parameters"])
    for row in survey:
        book.active.append(list(row))
    listed = book.create_sheet("choices")
    listed.append(["list_name", "name", "label"])
    for row in choices:
        listed.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out


def test_every_row_that_does_not_hold_is_named():
    faulty = form(
        ("select_one nothing", "q1", "?"),
        ("geopoint", "q2", "在哪？"),
        ("text", "q 3", "?"),
        ("text", "q4", ""),
        ("text", "q5", "?", "${q1} is 3"),
        ("end group",),
        ("range", "q6", "?", "", "start=0 end=10"),
        ("text", "ok", "好"),
        ("text", "ok", "又"),
        ("begin group", "g", "组"),
        choices=[("l", "a", "甲"), ("l", "a", "乙"), ("", "b", "丙"), ("l", "c;d", "丁")],
    )
    with pytest.raises(xlsform.Malformed) as refused:
        xlsform.read_form(faulty, {})
    assert [(f.sheet, f.row) for f in refused.value.faults] == [
        *[("choices", row) for row in (3, 4, 5)],
        *[("survey", row) for row in (2, 3, 4, 5, 6, 7, 8, 10, 11)],
    ]


@given(st.binary(max_size=200))
def test_what_is_no_form_is_refused_and_nothing_breaks(data):
    with pytest.raises(xlsform.Malformed):
        xlsform.read_form(io.BytesIO(data), {})
