"""PostgreSQL databases that last as long as a measurement, and the product as it runs on them."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.benchmarks.keys import key_store

SERVER = "postgres://postgres:postgres@localhost/postgres"


def production(url: str) -> dict[str, str]:
    """The environment of the product as it runs: no debugging, connections that stay."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGCHUANG")}
    return kept | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        "GONGCHUANG_SECRET_KEY": secrets.token_urlsafe(50),
        "GONGCHUANG_HOSTS": "localhost",
        "GONGCHUANG_KEYS": key_store(),
    }


@contextlib.contextmanager
def databases(*names: str) -> Iterator[dict[str, str]]:
    """New, empty databases of these names, gone afterwards."""
    with _made(dict.fromkeys(names, "template1")) as at:
        yield at


@contextlib.contextmanager
def copies(url: str, *names: str) -> Iterator[dict[str, str]]:
    """Copies of a database nobody is connected to, gone afterwards."""
    with _made(dict.fromkeys(names, urlsplit(url).path.strip("/"))) as at:
        yield at


def _server() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else SERVER


def _at(name: str) -> str:
    return urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))


@contextlib.contextmanager
def _made(templates: dict[str, str]) -> Iterator[dict[str, str]]:
    real = {name: f"bench_{name}_{os.getpid()}" for name in templates}
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(_server(), autocommit=True) as server:
        try:
            for name, template in templates.items():
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                        sql.Identifier(real[name]), sql.Identifier(template)
                    )
                )
            yield {name: _at(real[name]) for name in templates}
        finally:
            for name in real.values():
                server.execute(drop.format(sql.Identifier(name)))
