"""Django's registration of this floor."""

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    """The marketplace floor."""

    name = "marketplace"
    default_auto_field = "django.db.models.BigAutoField"
