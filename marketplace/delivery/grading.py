"""Grades, on the exact value: A from 85, B from 60, C below. Pure."""

LEAST = (("A", 8500), ("B", 6000), ("C", 0))
"""The least score of each grade, in hundredths."""


def grade_of(score_hundredths: int) -> str:
    """The grade of a final score: 84.99 is a B."""
    return next(grade for grade, least in LEAST if score_hundredths >= least)
