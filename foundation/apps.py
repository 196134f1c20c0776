"""Django's registration of this floor."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The foundation floor."""

    name = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start with settings that would not be safe."""
        from foundation.checks import refuse_unsafe_start  # settings are read when all is loaded

        refuse_unsafe_start()
