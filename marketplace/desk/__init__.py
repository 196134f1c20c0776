"""The desk: one home per person."""
