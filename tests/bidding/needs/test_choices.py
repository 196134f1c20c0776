"""Choices typed one a line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.needs.choices import Choice, LineFault, read_choices, write_choices

NAMES = {"legal-aid": "legal-aid", "法律援助": "legal-aid", "3": "legal-aid"}


def test_a_line_has_a_wording_an_english_one_and_a_category():
    assert read_choices("法律咨询 | Legal advice | 法律援助\n\n 其他 \n讲座||3", NAMES) == [
        Choice("法律咨询", "Legal advice", "legal-aid"),
        Choice("其他"),
        Choice("讲座", "", "legal-aid"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [("甲\n甲", 2, "twice"), ("甲|A|nothing", 1, "category"), ("长" * 121, 1, "long")],
)
def test_a_line_that_does_not_hold_is_named(text, line, fault):
    with pytest.raises(LineFault) as refused:
        read_choices(text, NAMES)
    assert (refused.value.line, refused.value.fault) == (line, fault)


words = st.text("甲乙丙abc ", min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(Choice, words, st.just("") | words, st.just(None) | st.just("legal-aid")),
        unique_by=lambda choice: choice.wording,
    )
)
def test_what_is_written_reads_back_the_same(choices):
    assert read_choices(write_choices(choices), NAMES) == choices
