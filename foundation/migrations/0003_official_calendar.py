"""The official days off and make-up working days the platform is shipped with."""

from django.db import migrations

from foundation.workdays import official


def load(apps, editor):
    """Put every shipped year into the table; years and days that are there stay as they are."""
    year_model = apps.get_model("foundation", "CalendarYear")
    day_model = apps.get_model("foundation", "SpecialDay")
    known = set(year_model.objects.values_list("year", flat=True))
    for year in sorted(set(official.OFF) - known):
        year_model.objects.create(year=year, source=official.source_of(year))
        day_model.objects.bulk_create(
            [
                day_model(day=day, working=working, name=name)
                for day, working, name in official.special_days(year)
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    """Data only; going backwards leaves what an officer may have edited."""

    dependencies = [("foundation", "0002_guards")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
