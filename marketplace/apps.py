"""Django's registration of this floor."""

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    """The marketplace floor."""

    name = "marketplace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start where money could go wrong."""
        from marketplace.payments.settings_check import (
            refuse_unsafe_start,  # settings are read when all is loaded
        )

        refuse_unsafe_start()
