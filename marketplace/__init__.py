"""The second floor: deals, and the wiring of the whole house."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
