"""The first floor: what is asked for and what is offered."""
