"""What of a person's name and words is shown in public."""

import pytest

from bidding.notices.masking import MASK, masked_name, without_contacts


@pytest.mark.parametrize(
    ("name", "shown"), [("张小明", "张*"), (" John Smith ", "J*"), ("", ""), ("  ", "")]
)
def test_a_name_is_shown_by_its_first_character(name, shown):
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    "contact",
    ["13800000000", "021-5888 1234", "a.b+c@example.com", "微信号: zhang_123", "+86 138 0000 0000"],
)
def test_ways_to_reach_somebody_are_struck_out(contact):
    assert without_contacts(f"请联系 {contact}，谢谢") == f"请联系 {MASK}，谢谢"


@pytest.mark.parametrize("text", ["共 120 人", "2026 年", "经费 15 万元", "第 3 页"])
def test_figures_stay(text):
    assert without_contacts(text) == text
