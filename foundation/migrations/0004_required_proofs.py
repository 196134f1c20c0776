"""What standing asks of each kind of organisation, to begin with; officers change the table."""

from django.db import migrations

AT_FIRST = [
    ("social", "registration"),
    ("social", "annual_check"),
    ("social", "tax"),
    ("social", "social_security"),
    ("social", "clean_record"),
    ("affiliated", "registration"),
    ("affiliated", "clean_record"),
    ("enterprise", "registration"),
    ("enterprise", "tax"),
    ("enterprise", "clean_record"),
]


def write(apps, schema_editor):
    table = apps.get_model("foundation", "RequiredProof")
    for organisation_kind, proof_kind in AT_FIRST:
        table.objects.get_or_create(organisation_kind=organisation_kind, proof_kind=proof_kind)


class Migration(migrations.Migration):
    """Fill the table of required proofs."""

    dependencies = [("foundation", "0003_official_calendar")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
