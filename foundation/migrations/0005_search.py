"""The index of what can be found."""

from django.db import migrations

from foundation.search.tables import SearchIndex


class Migration(migrations.Migration):
    """FTS5 on SQLite, a stored vector on PostgreSQL."""

    dependencies = [("foundation", "0004_required_proofs")]

    operations = [SearchIndex()]
