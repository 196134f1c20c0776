"""The benchmarks' table: ratios, targets, and what holds."""

from tests.benchmarks.figures import Figure, table


def test_a_figure_is_judged_by_its_ratio_where_there_is_a_baseline():
    slower = Figure("page", 3.0, "ms", target=1.2, baseline=2.0)
    faster = Figure("postings", 900, "/s", target=1.0, baseline=600, at_least=True)
    alone = Figure("start", 80.0, "s", target=90)
    assert (slower.holds, faster.holds, alone.holds) == (False, True, True)
    assert table([slower, alone]).splitlines() == [
        "what   figure  baseline  ratio   target   holds",
        "page   3 ms    2 ms      1.50 ×  ≤ 1.2 ×  NO",
        "start  80 s                      ≤ 90 s   yes",
    ]
