"""Charts and their sentences out of plain facts, without a database."""

import pytest
from django.utils.translation import override

from cms.reports.charts import draw
from cms.reports.paper import prose_parts
from cms.reports.shapes import digest_of
from cms.reports.summaries import summary_of

HOSTILE = "<script>alert(1)</script>\"'&"


def share(label, share=None, margin=0.03):
    if share is None:
        return {"label": [label, f"{label}-en"], "count": None, "share": None} | {
            "low": None,
            "high": None,
        }
    return {
        "label": [label, f"{label}-en"],
        "count": round(share * 100),
        "share": share,
        "low": share - margin,
        "high": share + margin,
    }


def bars(*rows, kind="bars", **more):
    return {"kind": kind, "title": ["题", "Q"], "n": 100, "mean": None, "rows": [*rows], **more}


def said(fact, language="en"):
    with override(language):
        return summary_of(fact)


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            bars(share("a", 0.3), share("b", 0.6)),
            "“b-en” leads with 60 % (between 57 % and 63 %), before “a-en” with 30 %.",
        ),
        (
            bars(share("a", 0.58), share("b", 0.6)),
            "“b-en” (60 %) and “a-en” (58 %) lead, too close together to say which is ahead.",
        ),
        (
            bars(share("a"), share("b", 0.6)),
            "60 % chose “b-en” (between 57 % and 63 %).",
        ),
        (bars(share("a"), share("b")), "Too few answered for any share to be shown."),
        (bars(), "Too few answered for any share to be shown."),
        (
            bars({**share("a", 0.6), "mean": 1.5}, share("b", 0.4), kind="ranking"),
            "“a-en” is put first most often, by 60 %; its mean place is 1.5.",
        ),
        (
            bars(*[share(str(i), 0.2) for i in range(1, 6)], kind="scale", mean=3.0)
            | {"rows": [{**share("", 0.2), "label": [str(i)] * 2} for i in range(1, 6)]},
            "The mean is 3.0 of 5: 40 % gave 4 or 5, 40 % gave 1 or 2.",
        ),
    ],
)
def test_a_chart_says_its_main_finding(fact, sentence):
    assert said(fact) == sentence
    assert said(fact, "zh-hans")


def crossed(*cells):
    columns = [{"label": [name, name], "n": 50} for name in ("青年", "中年", "老年")]
    rows = [{"label": ["托管", "care"], "cells": [*cells], "total": share("all", 0.5)}]
    return bars(kind="cross", by=["年龄", "age"], columns=columns) | {"rows": rows}


def test_a_cross_table_names_the_widest_gap_or_says_there_is_none():
    assert said(crossed(share("x", 0.7), share("y", 0.3), share("z"))) == (
        "The groups differ most on “care”: 70 % in “青年”, 30 % in “中年”."
    )
    assert said(crossed(share("x", 0.5), share("y", 0.52), share("z"))) == (
        "The groups do not differ by more than chance may do."
    )
    assert said(crossed(share("x"), share("y"), share("z"))).startswith("Too few")


GRID = {
    "kind": "grid",
    "title": ["题", "Q"],
    "n": 20,
    "mean": None,
    "levels": [["不同意", "no"], ["一般", "so-so"], ["同意", "yes"]],
    "rows": [
        {"label": ["工资", "pay"], "mean": 2.4, "cells": [share("", s) for s in (0.2, 0.2, 0.6)]},
        {"label": ["时间", "hours"], "mean": 1.6, "cells": [share("", 0.6), share(""), share("")]},
        {"label": ["空", "none"], "mean": None, "cells": [share(""), share(""), share("")]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "fact",
    [
        bars(share("甲", 0.4), share("乙"), share("丙", 0.2), several=True),
        bars(share("甲"), share("乙")),
        bars(share("甲", 0.4), kind="ranking"),
        bars(*[share(str(i), 0.2) for i in range(1, 6)], kind="scale", mean=3.0),
        GRID,
        crossed(share("x", 0.7), share("y"), share("z", 0.1)),
        {
            "kind": "districts",
            "columns": ["answers", "needs", "projects"],
            "rows": [
                {"label": [f"街{i}", f"D{i}"], "answers": {"count": i or None}}
                | {"needs": 0, "projects": 1, "served": 9}
                for i in range(20)
            ],
        },
        {
            "kind": "flow",
            "title": ["基金", "Fund"],
            "stages": [
                {"label": ["转入", "in"], "fen": 100, "stays": ["", ""]},
                {"label": ["已付", "paid"], "fen": 50, "stays": ["", ""]},
            ],
            "returns": [],
        },
    ],
    ids=lambda fact: fact["kind"],
)  # fmt: skip
def test_every_chart_is_drawn_in_both_languages_with_its_finding_and_its_numbers(fact, language):
    with override(language):
        markup = draw(fact)
        assert summary_of(fact) in markup.replace("&quot;", '"')
    assert "<svg" in markup
    assert "<table>" in markup
    assert " style=" not in markup
    assert "<script" not in markup
    assert ("fewer than 5" in markup or "少于" in markup) == (
        "None" in str(fact).replace("'mean': None", "")
    )


def test_hostile_words_stay_words():
    rows = [{**share("x", 0.5), "label": [HOSTILE, HOSTILE]}]
    for fact in (
        bars(*rows, share("y", 0.1)) | {"title": [HOSTILE, HOSTILE]},
        {**crossed(share("x", 0.7), share("y", 0.2), share("z")), "by": [HOSTILE, HOSTILE]},
        {**GRID, "levels": [[HOSTILE, HOSTILE]] * 3, "title": [HOSTILE, HOSTILE]},
    ):
        markup = draw(fact)
        assert "<script" not in markup
        assert "&lt;script&gt;" in markup


def test_a_fact_has_one_fingerprint_whatever_its_order():
    assert digest_of({"a": 1, "b": ["字"]}) == digest_of({"b": ["字"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_rich_text_goes_to_the_paper_as_runs_and_never_as_markup():
    parts = prose_parts(
        '<h2>标题</h2><p>一 <b>二</b><a href="https://a.b">三</a> #x</p><ol><li>四</li></ol>'
    )
    assert [part["tag"] for part in parts] == ["h2", "p", "ol"]
    assert [(run["text"], run["b"], run["link"]) for run in parts[1]["runs"]] == [
        ("一 ", False, ""),
        ("二", True, ""),
        ("三", False, "https://a.b"),
        (" #x", False, ""),
    ]
