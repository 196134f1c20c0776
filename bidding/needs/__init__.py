"""Needs: surveys, answers, and the needs that came out of them."""
