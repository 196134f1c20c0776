"""Hiding who wrote a text; nothing here needs a database."""

from __future__ import annotations

import time

import pytest

from bidding.proposals.redaction import HIDDEN, Names, Redaction, forms_of_body, forms_of_person

SUN = "上海市浦东新区阳光社会工作服务中心"
NAMES = Names(
    bodies=(SUN, "Shanghai Pudong Sunshine Social Work Service Center", "花木街道光社工协会"),
    people=("王芳", "Li Wei", "明", "欧阳静怡", ""),
    words=("52310115MJ12345678", "桔 灯", "x"),
    places=("花木街道",),
)


@pytest.fixture(scope="module")
def hide():
    return Redaction(NAMES).hide


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # the name whole, without its place, without its kind, and as people say it
        (f"我们是{SUN}。", f"我们是{HIDDEN}。"),
        ("浦东新区阳光社会工作服务中心", HIDDEN),
        ("阳光社会工作、阳光社工、阳光中心、阳光", f"{HIDDEN}、{HIDDEN}、{HIDDEN}、{HIDDEN}"),
        ("花木街道光社工协会和光社工", f"{HIDDEN}和{HIDDEN}"),
        # case, width, accents, spaces, letters nobody sees, markup, entities
        ("SUNSHINE，Ｓｕｎｓｈｉｎｅ，Súnshine", f"{HIDDEN}，{HIDDEN}，{HIDDEN}"),
        ("阳 光　社\n工", HIDDEN),
        ("阳\u200b光\ufeff中\u2060心", HIDDEN),
        ("<b>阳</b>光<i>社工</i>", f"<b>{HIDDEN}</i>"),
        ("*阳*光_中心", f"*{HIDDEN}"),
        ("&#38451;&#x5149;", HIDDEN),
        ("「阳·光」", f"「{HIDDEN}」"),
        # a Latin name inside another word is another word; initials tell
        ("sunshines, asunshine, sunshine-hall", f"sunshines, asunshine, {HIDDEN}-hall"),
        ("SPSSWSC 与 spsswscs", f"{HIDDEN} 与 spsswscs"),
        # names that lie over each other leave nothing of either
        ("阳光社工协会", HIDDEN),
        # people: spaced, turned round, by surname and title; one letter alone is no name
        ("王　芳、王老师、欧阳老师", f"{HIDDEN}、{HIDDEN}、{HIDDEN}"),
        ("Wei LI, LI-WEI, Liwei, Liweiqiang", f"{HIDDEN}, {HIDDEN}, {HIDDEN}, Liweiqiang"),
        ("说明、明白、x、明老师", f"说明、明白、x、{HIDDEN}"),
        ("桔灯志愿队", f"{HIDDEN}志愿队"),
        # codes, telephone, addresses of every kind; sums and years stay
        ("代码52310115ｍｊ12345678", f"代码{HIDDEN}"),
        ("13812345678 / +86 138-1234-5678", f"{HIDDEN} / {HIDDEN}"),
        ("(021)58881234，021-5888 1234，400-820-1234", f"{HIDDEN}，{HIDDEN}，{HIDDEN}"),
        ("电话：58881234", HIDDEN),
        ("a.b@c.org.cn; Ａ＠ｂ.com", f"{HIDDEN}; {HIDDEN}"),
        ("https://sun.example/x，sun-pd.org.cn", f"{HIDDEN}，{HIDDEN}"),
        ("微信公众号：sunny_pd2", f"微信{HIDDEN}"),
        ("预算12000000元，2026年，3,000,000.00", "预算12000000元，2026年，3,000,000.00"),
        ("每周服务30人次，共12场；讲座10场", "每周服务30人次，共12场；讲座10场"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_tells_is_hidden_and_nothing_else(hide, text, left):
    assert hide(text) == left


def test_numbers_of_certificates_are_hidden_where_they_are_asked_for(hide):
    plain = Redaction(Names())
    assert plain.hide("律师 A-31010，社工师2020", numbers=True) == f"律师 {HIDDEN}，社工师{HIDDEN}"
    assert plain.hide("律师 A-31010，社工师2020") == "律师 A-31010，社工师2020"
    assert plain.hides_nothing
    assert not Redaction(NAMES).hides_nothing


def test_common_words_are_no_name_though_a_body_is_called_so():
    forms = forms_of_body("上海市浦东新区职工法律援助服务中心")
    assert forms == {
        "上海市浦东新区职工法律援助服务中心",
        "浦东新区职工法律援助服务中心",
        "职工法律援助服务中心",
    }
    text = "为职工提供法律援助和社会服务，设服务中心一处"
    assert Redaction(Names(bodies=("上海市浦东新区职工法律援助服务中心",))).hide(text) == text
    assert forms_of_body("上海服务中心") == {"上海服务中心"}
    assert forms_of_body("") == forms_of_person(" ") == set()


def test_a_name_of_one_letter_is_hidden_with_what_stands_behind_it():
    one = Redaction(Names(bodies=("上海乐社会工作服务中心",)))
    assert one.hide("快乐、音乐；乐社工、乐中心") == f"快乐、音乐；{HIDDEN}、{HIDDEN}"


def test_a_name_full_of_signs_is_a_name_and_no_pattern():
    odd = Redaction(
        Names(bodies=("(.*)+", "A+B (C)", "上海（浦东）［晨曦］社"), people=("[a-z]+",))
    )
    assert odd.hide("anything (.*)+") == "anything (.*)+"
    assert odd.hide("晨曦，（晨）曦社") == f"{HIDDEN}，（{HIDDEN}"
    assert odd.hide("a+b(c) abc") == f"{HIDDEN}) {HIDDEN}"


def test_hiding_twice_hides_no_more_and_long_texts_take_no_long_time(hide):
    text = f"我们{SUN}与王芳<<<<((((  1 1 1 1 " * 2000
    began = time.process_time()
    once = hide(text)
    assert time.process_time() - began < 20
    assert hide(once) == once
    assert SUN not in once
