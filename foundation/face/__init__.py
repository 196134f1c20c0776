"""The face: components, tokens and their styleguide."""
