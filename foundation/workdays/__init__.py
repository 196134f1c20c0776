"""Working days: the table of days off and the arithmetic beside it."""
