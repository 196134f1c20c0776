"""Django's registration of this floor."""

from django.apps import AppConfig


class BiddingConfig(AppConfig):
    """The bidding floor."""

    name = "bidding"
    default_auto_field = "django.db.models.BigAutoField"
