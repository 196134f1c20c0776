"""The key store: made once, safe, outside the database; what happens when it is lost or renewed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command

from foundation.vault import keyring, keys
from foundation.vault.boxes import new_key
from foundation.vault.models import Key


@pytest.fixture
def store(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    return settings.KEYS_DIR


def test_the_first_key_is_made_once_however_many_ask_and_nobody_else_can_read_it(store):
    with ThreadPoolExecutor(8) as pool:
        wrapped = list(pool.map(lambda n: keyring.wrap(bytes([n]) * 32, "a"), range(8)))
    assert keyring.names() == ["0001.key"]
    assert [keyring.unwrap(one, "a") for one in wrapped] == [bytes([n]) * 32 for n in range(8)]
    assert (store.stat().st_mode & 0o777, (store / "0001.key").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert sorted(path.name for path in store.iterdir()) == ["0001.key"]
    assert keyring.faults() == []


def test_where_keys_are_not_made_by_themselves_their_absence_is_said(store, settings):
    settings.KEYS_MAY_BE_MADE = False
    assert "holds no key" in keyring.faults()[0]
    with pytest.raises(keyring.KeyLost):
        keyring.wrap(new_key(), "a")
    assert not store.exists()
    call_command("make_keys")
    assert keyring.faults() == []


def test_an_unsafe_key_store_is_named(store, settings):
    keyring.make_key()
    (store / "0001.key").chmod(0o640)
    store.chmod(0o755)
    settings.MEDIA_ROOT = store.parent
    told = " ".join(keyring.faults())
    assert f"{store} can be read by others" in told
    assert "0001.key can be read by others" in told
    assert "inside a folder of files" in told
    (store / "0001.key").write_bytes(b"short")
    assert "0001.key is no key" in " ".join(keyring.faults())


def test_a_key_opens_under_its_own_name_and_master_only(store, settings, tmp_path):
    wrapped = keyring.wrap(b"k" * 32, "organisation:1")
    for changed, about in (
        (wrapped, "organisation:2"),
        (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "organisation:1"),
        (b"0009" + wrapped[4:], "organisation:1"),
        (b"../x" + wrapped[4:], "organisation:1"),
        (b"", "organisation:1"),
    ):
        with pytest.raises(keyring.KeyLost):
            keyring.unwrap(changed, about)
    settings.KEYS_DIR = tmp_path / "another"
    with pytest.raises(keyring.KeyLost):
        keyring.unwrap(wrapped, "organisation:1")


@pytest.mark.django_db
def test_a_new_master_key_takes_over_and_the_old_one_can_go(store, capsys):
    first = keys.own_key("organisation:1")
    assert keys.own_key("organisation:1") == keys.key_of("organisation:1") == first
    with pytest.raises(keyring.KeyLost):
        keys.key_of("organisation:2")
    call_command("make_keys", "--rewrap")
    assert keyring.names() == ["0001.key", "0002.key"]
    os.unlink(store / "0001.key")
    keyring._read.cache_clear()
    assert keys.key_of("organisation:1") == first
    assert keys.keys_of(["organisation:1", "organisation:2"]) == {"organisation:1": first}
    assert "1 key wrapped anew" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_lost_store_is_said_and_forgotten_only_on_demand(store, settings, tmp_path, capsys):
    keys.own_key("organisation:1")
    settings.KEYS_DIR = tmp_path / "anew"
    with pytest.raises(keyring.KeyLost):
        keys.own_key("organisation:1")
    call_command("make_keys", "--rewrap")
    assert "cannot be opened any more: organisation:1" in capsys.readouterr().out
    assert Key.objects.count() == 1
    call_command("make_keys", "--rewrap", "--forget-lost")
    assert not Key.objects.exists()
    assert len(keys.own_key("organisation:1")) == 32
