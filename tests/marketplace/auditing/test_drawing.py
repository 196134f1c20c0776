"""The rule of a draw, as anybody could write it again."""

import hashlib
import subprocess

from marketplace.auditing.drawing import command_of, draw

IDENTIFIERS = [f"journals:{number}" for number in range(1, 400)]


def test_the_first_in_the_order_of_the_seed_are_drawn():
    order = sorted(IDENTIFIERS, key=lambda one: hashlib.sha256(f"a1:{one}".encode()).hexdigest())
    drawn = draw("a1", iter(IDENTIFIERS), 7)
    assert drawn.members == order[:7]
    assert drawn.population == 399
    text = "".join(f"{one}\n" for one in IDENTIFIERS).encode()
    assert drawn.sha256 == hashlib.sha256(text).hexdigest()


def test_another_seed_draws_others_and_the_same_seed_the_same():
    assert draw("a1", IDENTIFIERS, 7) == draw("a1", IDENTIFIERS, 7)
    assert draw("a1", IDENTIFIERS, 7).members != draw("a2", IDENTIFIERS, 7).members


def test_more_than_there_are_draws_all():
    assert sorted(draw("s", ["x:1", "x:2"], 5).members) == ["x:1", "x:2"]


def test_the_shell_line_on_the_page_draws_the_same(tmp_path):
    identifiers = IDENTIFIERS[:12]
    (tmp_path / "sample-1.txt").write_text("".join(f"{one}\n" for one in identifiers))
    line = command_of("a1", "sample-1.txt", 4)
    run = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert [row.split()[1] for row in run.stdout.splitlines()] == draw("a1", identifiers, 4).members
