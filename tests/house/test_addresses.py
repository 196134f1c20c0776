"""Every address, every role: nothing breaks, and each answers as the table says.

Who may see what is the same code on both databases. Where two sessions share the work, the one on
PostgreSQL asks each address by the first role of each answer: what it adds is that server's SQL.
"""

import pytest
from django.db import connection

from tests.house import matrix
from tests.house.addresses import TABLE
from tests.house.sources import told
from tests.house.town import settle


def first_of_each_answer(name):
    row = TABLE.get(name)
    if row is None:
        return matrix.ROLES
    return [role for place, role in enumerate(matrix.ROLES) if row.index(row[place]) == place]


@pytest.mark.slow
@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says(request):
    sharing = request.config.getoption("--sharing") and connection.vendor == "postgresql"
    asking = first_of_each_answer if sharing else (lambda name: matrix.ROLES)
    rows, faults = matrix.observed(settle(), asking)
    faults += [f"{name} breaks: {row}" for name, row in rows.items() if "[" in row]
    faults += [
        f'    "{name}": "{row}",   # the table says {TABLE.get(name, "nothing")}'
        for name, row in rows.items()
        if "[" not in row and not _agrees(row, TABLE.get(name, ""))
    ]
    faults += [f"{name}: no such address" for name in TABLE if name not in rows]
    assert not faults, told(faults)


def _agrees(row, said):
    return len(row) == len(said) and all(a in (b, " ") for a, b in zip(row, said, strict=True))
