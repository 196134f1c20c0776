"""Every address, every role: nothing breaks, and each answers as the table says."""

import pytest

from tests.house import matrix
from tests.house.addresses import TABLE
from tests.house.sources import told
from tests.house.town import settle


@pytest.mark.slow
@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says():
    rows, faults = matrix.observed(settle())
    faults += [f"{name} breaks: {row}" for name, row in rows.items() if "[" in row]
    faults += [
        f'    "{name}": "{row}",   # the table says {TABLE.get(name, "nothing")}'
        for name, row in rows.items()
        if "[" not in row and TABLE.get(name) != row
    ]
    faults += [f"{name}: no such address" for name in TABLE if name not in rows]
    assert not faults, told(faults)
