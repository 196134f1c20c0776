"""Django's registration of this floor."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The foundation floor."""

    name = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
