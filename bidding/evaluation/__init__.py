"""Evaluation: screening, panels, scores, rankings."""
