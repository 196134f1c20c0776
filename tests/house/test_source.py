"""The law of the code: who may write, import and know what, and how long anything may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from foundation.operations import OPERATIONS
from foundation.permissions import LAWS
from tests.house import sources
from tests.house.sources import dotted, is_operation, python_files, told, tree, where

CLOCKS = {
    "timezone.now", "timezone.localtime", "timezone.localdate", "datetime.now", "datetime.utcnow",
    "datetime.today", "date.today", "dt.datetime.now", "dt.datetime.utcnow", "dt.date.today",
    "datetime.datetime.now", "datetime.date.today", "Now",
}  # fmt: skip
LAWS_WITHOUT_OPERATION = {
    "read_trail": "opens the pages of the trail",
    "read_readings": "opens the log of who read what",
    "read_inspections": "opens the results of verifying everything",
}
"""A law that stands for something other than an operation, and what."""
GROWN: dict[str, int] = {}
"""Files past 400 lines, operations past 40, whose missing noun is not found yet; only shrinking."""
BORN_OTHERWISE = {
    "bidding/notices/operations.py": "an objection without a name is filed, never open",
}
"""Files that may begin a row in another state than the first, and why."""


def test_import_contracts_hold():
    command = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([command], cwd=sources.HOUSE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:]


def test_only_the_clock_asks_what_time_it_is():
    faults = []
    for file in python_files():
        if file == sources.HOUSE / "foundation/clock.py":
            continue
        for call in sources.calls(tree(file)):
            if dotted(call) in CLOCKS and not (call.args and dotted(call) == "timezone.localtime"):
                faults.append(f"{where(file, call)} {dotted(call)}()")
            for keyword in call.keywords:
                if keyword.arg in {"auto_now", "auto_now_add"}:
                    faults.append(f"{where(file, call)} {keyword.arg}")
                if keyword.arg == "default" and dotted(keyword.value) in CLOCKS:
                    faults.append(f"{where(file, call)} default={dotted(keyword.value)}")
    assert not faults, told(faults)


def test_only_move_to_writes_a_state():
    faults = []
    for file in python_files():
        if where(file) in {"foundation/states.py", *BORN_OTHERWISE}:
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Attribute) and target.attr == "state":
                        faults.append(where(file, node))
            elif isinstance(node, ast.Call) and dotted(node).split(".")[-1] in {
                "update", "create", "update_or_create", "get_or_create", "setattr",
            }:  # fmt: skip
                if any(keyword.arg == "state" for keyword in node.keywords):
                    faults.append(where(file, node))
                if dotted(node) == "setattr" and ast.unparse(node.args[1]) == "'state'":
                    faults.append(where(file, node))
    assert not faults, told(faults)


def test_only_record_writes_the_trail():
    faults = []
    for file in python_files():
        if file == sources.HOUSE / "foundation/audit/operations.py":
            continue
        for call in sources.calls(tree(file)):
            if re.fullmatch(r"Entry|Entry\.objects\.(bulk_)?create", dotted(call)):
                faults.append(where(file, call))
    assert not faults, told(faults)


def test_nothing_imports_a_task():
    faults = [
        f"{where(file, node)} {name}"
        for file in python_files()
        if file.name != "tasks.py"
        for name, node in sources.imports(file)
        if name.split(".")[0] in sources.FLOORS and "tasks" in name.split(".")
    ]
    assert not faults, told(faults)


def test_operations_know_no_request_and_send_no_mail():
    outside = ("django.http", "django.core.mail", "celery", "foundation.http")
    faults = [
        f"{where(file, node)} {name}"
        for file in python_files()
        if file.name == "operations.py" or file.parent.name == "operations"
        for name, node in sources.imports(file)
        if name.startswith(outside)
    ]
    assert not faults, told(faults)


def test_nobody_listens_to_django_signals():
    faults = [
        where(file, node)
        for file in python_files()
        if "cms" not in file.parts
        for name, node in sources.imports(file)
        if name in {"django.dispatch.receiver", "django.db.models.signals"}
    ]
    assert not faults, told(faults)


def test_no_file_is_called_after_nothing():
    vague = {"services", "utils", "helpers", "common", "manager", "managers", "misc"}
    assert [where(file) for file in python_files() if file.stem in vague] == []


def test_files_stay_short():
    faults = {}
    tests = sorted((sources.HOUSE / "tests").rglob("*.py"))
    for file in [*python_files(), *tests]:
        lines = len(file.read_text().splitlines())
        if lines > GROWN.get(where(file), 400):
            faults[where(file)] = lines
    assert not faults, told(faults)


def test_operations_stay_short():
    faults = {
        f"{where(file, function)} {function.name}": sources.length(file, function)
        for file in python_files()
        for function in sources.functions(file)
        if is_operation(function) and sources.length(file, function) > GROWN.get(function.name, 40)
    }
    assert not faults, told(faults)


def test_views_stay_short():
    faults = {
        f"{where(file, function)} {function.name}": sources.length(file, function)
        for file in python_files()
        if "views" in file.stem or file.parent.name == "views"
        for function in tree(file).body
        if isinstance(function, ast.FunctionDef)
        and sources.takes_request(function)
        and sources.length(file, function) > 25
    }
    assert not faults, told(faults)


def test_exceptions_to_a_rule_carry_their_reason():
    bare = re.compile(
        r"#\s*(noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w, -]+\])?)\s*$"
    )
    faults = [
        where(file, number)
        for file in python_files()
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if bare.search(line)
    ]
    assert not faults, told(faults)


def test_every_operation_asks_its_law_and_records_its_own_name():
    faults = []
    for file in python_files():
        # several operations of a file may share the function that asks or records
        asks, records = sources.callers(file, "allow"), sources.callers(file, "record")
        for function in sources.functions(file):
            if not is_operation(function):
                continue
            said = {
                (dotted(call).split(".")[-1], argument.value)
                for call in sources.calls(function)
                for argument in call.args[:3]
                if isinstance(argument, ast.Constant)
            }
            if not said & {(name, function.name) for name in {"allow", *asks}}:
                faults.append(f"{where(file, function)} {function.name} asks no law of its name")
            if not said & {(name, function.name) for name in {"record", *records}}:
                faults.append(f"{where(file, function)} {function.name} records nothing")
    assert not faults, told(faults)


def test_every_operation_has_a_law_and_every_law_an_operation():
    sources.everything_imported()
    assert sorted(set(OPERATIONS) - set(LAWS)) == []
    assert sorted(set(LAWS) - set(OPERATIONS) - set(LAWS_WITHOUT_OPERATION)) == []
    assert sorted(set(LAWS_WITHOUT_OPERATION) - set(LAWS)) == []


def test_operations_take_their_facts_by_name_and_always_an_actor():
    faults = []
    for file in python_files():
        for function in sources.functions(file):
            if is_operation(function):
                if len(function.args.args) > 1:
                    faults.append(f"{where(file, function)} {function.name}: subject only, then *")
                if "actor" not in {argument.arg for argument in function.args.kwonlyargs}:
                    faults.append(f"{where(file, function)} {function.name}: no actor")
    assert not faults, told(faults)
