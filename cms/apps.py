"""Django's registration of this floor."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The cms floor."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The floor's laws are known wherever the trail is read, not only where they are used."""
        import cms.reports.publishing  # it listens, and names page types, which load later
        import cms.rules  # noqa: F401  # laws name roles, which are models: not before they load
        from cms import signals  # it reads pages, which are models too

        signals.listen()
