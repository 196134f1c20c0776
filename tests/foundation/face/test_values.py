"""Money, days and spans are written as people say them, in both languages."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override

from foundation import clock
from foundation.face import values
from foundation.face.fields import MoneyField, UsccField
from foundation.face.tones import tone_of

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


def say(source, language="zh-hans", **context):
    with override(language):
        return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (130_000_000, "130 万元", "¥1.3 million"),
        (1_234_500, "1.23 万元", "¥12,345"),
        (-500_000_000, "-500 万元", "-¥5 million"),
        (0, "0 万元", "¥0"),
    ],
)
def test_wan_is_said_as_each_language_says_it(fen, chinese, english):
    with override("zh-hans"):
        assert values.wan_text(fen) == chinese
    with override("en"):
        assert values.wan_text(fen) == english


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("zh-hans", "2026年11月22日", "2026年11月22日 12:00"),
        ("en", "22 November 2026", "22 November 2026, 12:00"),
    ],
)
def test_django_writes_days_as_the_house_does(language, day, moment):
    assert say("{{ it|date:'DATE_FORMAT' }}", language, it=NOON) == day
    assert say("{{ it|date:'DATETIME_FORMAT' }}", language, it=NOON) == moment


def test_days_and_moments_are_shanghais():
    late = dt.datetime(2026, 11, 22, 17, 5, tzinfo=dt.UTC)
    with override("zh-hans"):
        assert values.moment_text(late) == "2026年11月23日 01:05"
        assert values.day_text(late) == "2026年11月23日"
    with override("en"):
        assert values.moment_text(late) == "23 November 2026, 01:05"


@pytest.mark.parametrize(
    ("delta", "english", "chinese"),
    [
        (dt.timedelta(seconds=-5), "just now", "刚刚"),
        (dt.timedelta(), "just now", "刚刚"),
        (dt.timedelta(milliseconds=-400), "just now", "刚刚"),
        (dt.timedelta(minutes=-42), "42 minutes ago", "42 分钟前"),
        (dt.timedelta(hours=2), "in 2 hours", "2 小时后"),
        (dt.timedelta(days=3, hours=1), "in 3 days", "3 天后"),
        (dt.timedelta(days=-1, hours=-13), "1 day ago", "1 天前"),
    ],
)
def test_spans_are_said_with_the_exact_moment_on_hover(delta, english, chinese):
    with clock.at(NOON):
        assert f">{english}<" in say("{% ago at %}", "en", at=NOON + delta)
        html = say("{% ago at %}", at=NOON + delta)
    assert f">{chinese}<" in html
    assert 'title="2026年11月2' in html


def test_a_badge_takes_its_tone_from_the_state_and_its_words_from_the_choice():
    assert tone_of("cancelled") == "bad"
    assert tone_of("never heard of") == "quiet"
    html = say('{% badge label="开放" tone="good" %}')
    assert html.strip() == '<span class="badge" data-tone="good">开放</span>'


def test_money_field_takes_yuan_and_gives_fen():
    field = MoneyField(positive=True, most_fen=100_000)
    assert field.clean("1,000.00") == 100_000
    assert field.prepare_value(100_050) == "1000.50"
    for wrong in ("0", "1000.01", "12元", "1e3", "-5", ""):
        with pytest.raises(ValidationError):
            field.clean(wrong)
    for much in ("90,071,992,547,409.93", "9" * 40):  # a number, but more than the book takes
        with pytest.raises(ValidationError, match=r"At most ¥90,071,992,547,409\.92\."):
            MoneyField().clean(much)


def test_credit_codes_are_mended_and_faults_explained():
    field = UsccField(kind="enterprise")
    assert field.clean(" 9111 0000 6000 3734 1l ") == "91110000600037341L"
    with pytest.raises(ValidationError, match=r"18"):
        field.clean("9111")
    with pytest.raises(ValidationError):
        UsccField(kind="social").clean("91110000600037341L")
