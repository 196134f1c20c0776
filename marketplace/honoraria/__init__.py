"""Honoraria: what judges are owed for judging, outside the book of the fund."""
