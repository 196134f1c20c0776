"""Clients that post as fast as they can, one process each, told what to do line by line."""
