"""The official seven categories, so that a fresh system has them."""

from typing import Any

from django.db import migrations

from bidding.needs.categories import OFFICIAL


def put_in(apps: Any, editor: Any) -> None:
    """The seven, unless somebody has put them in already."""
    category = apps.get_model("bidding", "Category")
    for position, facts in enumerate(OFFICIAL, start=1):
        category.objects.get_or_create(code=facts["code"], defaults={**facts, "position": position})


class Migration(migrations.Migration):
    """Data of the needs room."""

    dependencies = [("bidding", "0002_guards")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
