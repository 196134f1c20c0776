"""Calls for proposals: their facts."""
