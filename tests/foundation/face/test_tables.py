"""A wide table's cells know the heads of their columns, so that a phone can show rows as cards."""

import pytest

from foundation.face.tables import labelled

HEAD = "<thead><tr><th>Name</th><th>Sum <small>in yuan</small></th><th{}>Acts</th></tr></thead>"


def table(*cells, acts=""):
    return f"{HEAD.format(acts)}<tbody><tr>{''.join(cells)}</tr></tbody>"


def body_of(source):
    return (labelled(source) or "").split("<tbody>")[1]


def test_each_cell_is_boxed_and_carries_the_head_of_its_column():
    source = table('<th scope="row">A</th>', '<td class="number">1</td>', "<td><a>b</a> c</td>")
    assert body_of(source) == (
        '<tr><th scope="row"><div>A</div></th>'
        '<td class="number" data-label="Sum in yuan"><div>1</div></td>'
        '<td data-label="Acts"><div><a>b</a> c</div></td></tr></tbody>'
    )


def test_a_head_for_screen_readers_only_is_no_label():
    source = table("<td>A</td>", "<td>1</td>", "<td>b</td>", acts=' class="unseen"')
    assert "Acts" not in body_of(source)
    source = table("<td>A</td>", "<td>1</td>", "<td>b</td>").replace(
        "Acts", '<span class="unseen">Acts</span>'
    )
    assert "Acts" not in body_of(source)


def test_a_cell_over_two_columns_moves_the_next_one_on():
    source = table('<td colspan="2">All</td>', "<td>b</td>")
    assert body_of(source) == (
        '<tr><td colspan="2" data-label="Name"><div>All</div></td>'
        '<td data-label="Acts"><div>b</div></td></tr></tbody>'
    )


def test_an_empty_cell_stays_empty():
    assert body_of(table("<td>A</td>", "<td> </td>", "<td></td>")) == (
        '<tr><td data-label="Name"><div>A</div></td><td></td><td></td></tr></tbody>'
    )


@pytest.mark.parametrize(
    "source", ["<tbody><tr><td>1</td></tr></tbody>", "<thead><tr><th>A</th><th>B</th></tr></thead>"]
)
def test_a_table_without_a_head_or_of_two_columns_is_left_alone(source):
    assert labelled(source) is None
