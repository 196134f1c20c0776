"""The law of surveys that were opened (`needs/guards.py`); the tables stand since 0001."""

from django.db import migrations

from bidding.needs.guards import lay_down, take_up


class Migration(migrations.Migration):
    """A published questionnaire is frozen by the database, too."""

    dependencies = [("bidding", "0004_categories")]

    operations = [migrations.RunPython(lay_down, take_up)]
