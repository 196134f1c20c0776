"""Commands of the first floor, one a file."""
