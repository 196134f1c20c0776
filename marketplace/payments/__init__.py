"""Payments: money across the border of the books."""
