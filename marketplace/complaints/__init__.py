"""Complaints: what anybody may say is wrong, and the answer they get."""
