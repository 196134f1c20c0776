"""Reading a request's form and checking it against the SDK's typed parameter classes."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterator
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin
from urllib.parse import parse_qsl

import typing_extensions
from stripe._request_options import RequestOptions

OPTIONS = frozenset(RequestOptions.__annotations__)
"""What the SDK takes beside the parameters and never sends as one."""


class Refused(Exception):
    """Stripe's own refusal: an HTTP status and the body of its error."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        param: str = "",
        kind: str = "invalid_request_error",
        status: int = 400,
    ) -> None:
        super().__init__(message)
        self.status = status
        error = {"type": kind, "message": message, "code": code, "param": param}
        self.body = {"error": {name: value for name, value in error.items() if value}}


def read_form(text: str) -> dict[str, Any]:
    """`a[b][0]=1` as nested dicts and lists; what is not nested stays text."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        keys = re.findall(r"[^\[\]]+", name)
        inside = found
        for key in keys[:-1]:
            inside = inside.setdefault(key, {})
        if name.endswith("[]"):
            inside.setdefault(keys[-1], {})[str(len(inside.get(keys[-1], {})))] = value
        else:
            inside[keys[-1]] = value
    return {key: _listed(value) for key, value in found.items()}


def _listed(value: Any) -> Any:
    """Dicts whose keys count up from 0 are lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(inside) for key, inside in value.items()}
    if list(inner) == [str(number) for number in range(len(inner))]:
        return list(inner.values())
    return inner


def checked(given: dict[str, Any], wanted: Any) -> dict[str, Any]:
    """The parameters as typed values; a Refused in Stripe's words where they do not fit."""
    return _typed_dict(given, wanted, "")


def _typed_dict(given: Any, wanted: Any, path: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Refused(f"Invalid object: {path}", param=path)
    hints = dict(_hints(wanted))
    for name in given:
        if name not in hints:
            where = _inside(path, name)
            raise Refused(
                f"Received unknown parameter: {where}", code="parameter_unknown", param=where
            )
    for name, (required, _hint) in hints.items():
        if required and name not in given:
            where = _inside(path, name)
            raise Refused(
                f"Missing required param: {where}.", code="parameter_missing", param=where
            )
    return {
        name: _value(value, hints[name][1], wanted, _inside(path, name))
        for name, value in given.items()
    }


def _inside(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _hints(wanted: Any) -> Iterator[tuple[str, tuple[bool, Any]]]:
    """(name, (is it required, what it holds)) of a parameter class, without the SDK's options."""
    for name, hint in wanted.__annotations__.items():
        if name in OPTIONS:
            continue
        meant = _meant(hint, wanted)
        required = get_origin(meant) is not typing_extensions.NotRequired
        yield name, (required, meant if required else get_args(meant)[0])


def _meant(hint: Any, wanted: Any) -> Any:
    """A hint written as text, read in the module that wrote it."""
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        # the SDK's own source text, never a request's
        return eval(hint, vars(sys.modules[wanted.__module__]))
    return hint


def _value(value: Any, hint: Any, wanted: Any, path: str) -> Any:
    """The value as its hint says it is."""
    hint = _meant(hint, wanted)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(value, [_meant(part, wanted) for part in parts], wanted, path)
    if origin is Literal:
        return _word(value, parts, path)
    if origin is list:
        if not isinstance(value, list):
            raise Refused("Invalid array", param=path)
        return [
            _value(one, parts[0], wanted, f"{path}[{number}]") for number, one in enumerate(value)
        ]
    if origin is dict:
        if not isinstance(value, dict):
            raise Refused("Invalid hash", param=path)
        return {key: str(inner) for key, inner in value.items()}
    if isinstance(hint, type) and issubclass(hint, dict) and hint is not dict:
        return _typed_dict(value, hint, path)
    return _plain(value, hint, path)


def _one_of(value: Any, parts: list[Any], wanted: Any, path: str) -> Any:
    """The first way that fits. Where words are listed, text beside them is only the SDK's door
    for words of the future: Stripe itself takes none but its own."""
    listed = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    if listed and not isinstance(value, dict | list):
        others = [part for part in parts if get_origin(part) is not Literal and part is not str]
        if value in listed or not others:
            return _word(value, tuple(listed), path)
        parts = others
    refusal = Refused(f"Invalid value: {path}", param=path)
    for part in parts:
        try:
            return _value(value, part, wanted, path)
        except Refused as why:
            refusal = why
    raise refusal


def _word(value: Any, words: tuple[Any, ...], path: str) -> Any:
    if value not in words:
        several = ", ".join(map(str, words))
        raise Refused(f"Invalid {path}: must be one of {several}", param=path)
    return value


def _plain(value: Any, hint: Any, path: str) -> Any:
    if not isinstance(value, str):
        raise Refused(f"Invalid string: {value}", param=path)
    if hint is int:
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise Refused(f"Invalid integer: {value}", code="parameter_invalid_integer", param=path)
        return int(value)
    if hint is bool:
        if value not in ("true", "false"):
            raise Refused(f"Invalid boolean: {value}", param=path)
        return value == "true"
    return value
