"""Django's registration of this floor."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The cms floor."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
