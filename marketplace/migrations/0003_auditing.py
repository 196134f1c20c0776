"""A sample, and who read what, stay as they were written: the database refuses changes."""

from django.db import migrations

from foundation.seals.guards import AppendOnly


class Migration(migrations.Migration):
    """Guards of the auditors' append-only tables."""

    dependencies = [("marketplace", "0002_book"), ("foundation", "0002_guards")]

    operations = [AppendOnly("marketplace_sample", "marketplace_reading")]
