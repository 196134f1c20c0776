"""Commands of the first floor."""
