"""Matching: interest, pledges, allocation."""
