"""What was handed in, ranked or made public stays as it was: the database refuses changes."""

from django.db import migrations

from foundation.seals.guards import AppendOnly


class Migration(migrations.Migration):
    """Guards of the first floor's append-only tables."""

    dependencies = [("bidding", "0001_initial"), ("foundation", "0002_guards")]

    operations = [
        AppendOnly(
            "bidding_submission",
            "bidding_openedcontent",
            "bidding_ranking",
            "bidding_place",
            "bidding_departure",
            "bidding_restart",
            "bidding_lottery",
            "bidding_numbers",
            "bidding_revision",
            "bidding_minute",
            "bidding_notice",
            "bidding_findings",
        )
    ]
