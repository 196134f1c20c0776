"""Two wordings compared: what stayed, what went, what came."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.calls.differences import LONGEST, pieces


def test_signs_and_words_are_compared():
    assert pieces("最多20万元", "最多25万元") == [
        ("same", "最多"),
        ("out", "20"),
        ("in", "25"),
        ("same", "万元"),
    ]
    assert pieces("", "new") == [("in", "new")]
    assert pieces("a" + "。" * LONGEST, "b")[-1] == ("in", "b")


# a busy machine is no fault of the code
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_is_lost(before, after):
    found = pieces(before, after)
    assert "".join(text for kind, text in found if kind != "in") == before
    assert "".join(text for kind, text in found if kind != "out") == after
