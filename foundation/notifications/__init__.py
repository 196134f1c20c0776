"""Notifications: the desk inbox and the outbox."""
