"""Sheets as columns come back as they were and are counted together."""

from bidding.sampling.frame import DISTRICT, frame_of, unpacked

SHEETS = [
    ("310115001", "C", None, {"q1": "1", "q2": ["1", "3"], "t": "姓名", "q1.other": "x"}),
    (None, "", "port", {"q2": ["3"], "g": {"a": 1, "b": 2}}),
    ("310115001", "", None, {"q1": "2", "q2": ["1", "3"], "late": 4}),
]


def test_a_frame_keeps_no_free_text_and_comes_back_from_its_bytes():
    frame = unpacked(frame_of(SHEETS, frozenset({"t"})).packed())
    assert frame.n == 3
    assert set(frame.columns) == {DISTRICT, "@industry", "@union", "q1", "q2", "g", "late"}
    assert sorted(frame.counts("q2"), key=str) == [((["1", "3"],), 2), ((["3"],), 1)]
    assert dict(frame.counts(DISTRICT, "q1")) == {
        ("310115001", "1"): 1,
        (None, None): 1,
        ("310115001", "2"): 1,
    }
    assert list(frame.numbers("late")) == [0, 0, 1]
    assert frame.counts("never") == [((None,), 3)]
