"""Proposals: drafts and sealed envelopes."""
