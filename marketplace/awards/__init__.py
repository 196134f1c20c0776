"""Awards: the decision to fund."""
