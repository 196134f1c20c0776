"""`bin/bench NAME [--quick]`: measure a promise against its baseline in the same run."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

import tests.benchmarks
from tests.benchmarks.figures import Figure, table


def names() -> list[str]:
    """What can be measured: every module here with a `measure` of its own."""
    found = (m.name for m in pkgutil.iter_modules(tests.benchmarks.__path__) if not m.ispkg)
    return sorted(name for name in found if name not in {"__main__", "figures"})


def main() -> int:
    """Measure, print the table, 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=names())
    parser.add_argument("--quick", action="store_true", help="smaller sizes, within 50 s")
    chosen = parser.parse_args()
    if not chosen.name:
        for name in names():
            module = importlib.import_module(f"tests.benchmarks.{name}")
            print(f"{name:12} {(module.__doc__ or '').splitlines()[0]}")
        return 0
    module = importlib.import_module(f"tests.benchmarks.{chosen.name}")
    figures: list[Figure] = module.measure(quick=chosen.quick)
    print(table(figures))
    return int(not all(figure.holds for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
