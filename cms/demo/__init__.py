"""The demo world: a small believable Pudong, made through the same operations people use."""
