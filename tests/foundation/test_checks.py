"""With DEBUG off, settings that would not be safe keep the platform from starting."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation.checks import refuse_unsafe_start
from foundation.vault.keyring import make_key

PRODUCTION = {
    "GONGCHUANG_DEBUG": "0",
    "GONGCHUANG_SECRET_KEY": "k2J8vQ1zX5nB7mL4pR9tW3yC6fH0gD-sA2eU8iO5qZ1xV7bN4jM",
    "GONGCHUANG_HOSTS": "gongchuang.example.org",
    "GONGCHUANG_URL": "https://gongchuang.example.org",
    "GONGCHUANG_DEMO": "0",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` as a production machine would run it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGCHUANG", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, "GONGCHUANG_VAR": "var/test/check", **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_production_environment_starts_and_the_deployment_check_is_silent(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    make_key()
    run = start(GONGCHUANG_KEYS=str(settings.KEYS_DIR))
    assert run.returncode == 0, run.stderr
    assert "no issues (0 silenced)" in run.stdout + run.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "GONGCHUANG_SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "GONGCHUANG_SECRET_KEY is missing"),
        ({"SECRET_KEY": "a" * 60}, "GONGCHUANG_SECRET_KEY is missing"),
        ({"ALLOWED_HOSTS": []}, "GONGCHUANG_HOSTS is empty"),
        ({"ALLOWED_HOSTS": ["*"]}, "GONGCHUANG_HOSTS holds"),
        ({"BASE_URL": "http://gongchuang.example.org"}, "must begin with https"),
        ({"DEMO": True}, "GONGCHUANG_DEMO lists"),
    ],
)
def test_an_unsafe_setting_is_named(settings, changes, sentence, tmp_path):
    from foundation.checks import unsafe_settings

    settings.KEYS_DIR = tmp_path / "keys"
    make_key()
    settings.SECRET_KEY = PRODUCTION["GONGCHUANG_SECRET_KEY"]
    settings.ALLOWED_HOSTS = ["gongchuang.example.org"]
    settings.BASE_URL = PRODUCTION["GONGCHUANG_URL"]
    settings.DEMO = settings.DEMO_IN_PUBLIC = False
    assert unsafe_settings() == []
    for name, value in changes.items():
        setattr(settings, name, value)
    (fault,) = unsafe_settings()
    assert sentence in fault


def test_the_demo_on_this_machine_is_safe_without_https(settings, tmp_path):
    from foundation.checks import unsafe_settings

    settings.KEYS_DIR = tmp_path / "keys"
    make_key()
    settings.SECRET_KEY = PRODUCTION["GONGCHUANG_SECRET_KEY"]
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.BASE_URL = "http://localhost:8000"
    settings.DEMO = True
    assert unsafe_settings() == []


def test_an_unsafe_start_ends_with_the_sentence(tmp_path):
    run = start(
        GONGCHUANG_SECRET_KEY="",
        GONGCHUANG_URL="http://gongchuang.example.org",
        GONGCHUANG_KEYS=str(tmp_path / "keys"),
    )
    assert run.returncode != 0
    assert "GONGCHUANG_SECRET_KEY is missing" in run.stderr
    assert "GONGCHUANG_URL must begin with https://" in run.stderr
    assert "holds no key: make one with `manage.py make_keys`" in run.stderr
    assert not (tmp_path / "keys").exists()


def test_the_command_that_makes_keys_starts_without_any_and_no_other_does(
    settings, tmp_path, monkeypatch
):
    settings.KEYS_DIR = tmp_path / "keys"
    assert settings.DEBUG is False
    monkeypatch.setattr(sys, "argv", ["manage.py", "make_keys"])
    refuse_unsafe_start()
    monkeypatch.setattr(sys, "argv", ["manage.py", "migrate"])
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        refuse_unsafe_start()


def test_health_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
