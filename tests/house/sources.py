"""The house's own sources, read once: what the tests of the house look at."""

from __future__ import annotations

import ast
import functools
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]
FLOORS = ("foundation", "bidding", "marketplace", "cms")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the floors, without migrations."""
    found = (file for floor in FLOORS for file in (HOUSE / floor).rglob("*.py"))
    return tuple(sorted(file for file in found if "migrations" not in file.parts))


@functools.cache
def tree(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text(), str(file))


def where(file: Path, node: ast.AST | int = 0) -> str:
    """`floor/room/file.py:12`, as a fault is reported."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{file.relative_to(HOUSE)}:{line}" if line else str(file.relative_to(HOUSE))


def told(faults: Any) -> str:
    """Every fault on a line of its own."""
    lines = [f"{k}: {v}" for k, v in faults.items()] if isinstance(faults, dict) else faults
    return "\n" + "\n".join(map(str, lines))


def functions(file: Path) -> Iterator[Function]:
    """Every function of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def callers(file: Path, name: str) -> set[str]:
    """Functions of a file, not operations themselves, that call `name`."""
    return {
        function.name
        for function in tree(file).body
        if isinstance(function, ast.FunctionDef)
        and not is_operation(function)
        and any(dotted(call).split(".")[-1] == name for call in calls(function))
    }


def takes_request(function: Function) -> bool:
    """Is it a view?"""
    return bool(function.args.args) and function.args.args[0].arg == "request"


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute (a call's function), else an empty string."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call inside a node."""
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def imports(file: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every module or name a file imports, dotted."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def length(file: Path, function: Function) -> int:
    """Lines a function's body takes, without docstring, comments and empty lines."""
    first, *rest = function.body
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = rest if said else function.body
    if not body:
        return 0
    lines = file.read_text().splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def is_operation(function: Function) -> bool:
    """Does it carry `@operation`?"""
    return any(dotted(d).split(".")[-1] == "operation" for d in function.decorator_list)


@functools.cache
def everything_imported() -> None:
    """Import every module of the floors, so that laws, machines and operations are registered."""
    for file in python_files():
        parts = file.relative_to(HOUSE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if "commands" not in parts and parts[-1] not in {"wsgi", "asgi"}:
            importlib.import_module(name)
