"""The trail and its seals can only be appended to: the database refuses anything else."""

from django.db import migrations

from foundation.seals.guards import AppendOnly


class Migration(migrations.Migration):
    """Guards of the ground floor's append-only tables."""

    dependencies = [("foundation", "0001_initial")]

    operations = [AppendOnly("foundation_entry", "foundation_seal")]
