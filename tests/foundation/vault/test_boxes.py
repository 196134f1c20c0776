"""Boxes: only the right key opens them, for what they are about, and whole."""

from __future__ import annotations

import pytest

from foundation.vault.boxes import (
    Damaged,
    key_from_words,
    key_pair,
    lock_up,
    new_key,
    public_half,
    receive,
    send_to,
    take_out,
)


def every_bit(data: bytes):
    """The data with one bit changed, for each byte of it."""
    for place in range(len(data)):
        yield data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def test_what_is_locked_up_comes_out_with_its_key_for_what_it_is_about():
    key = new_key()
    locked = lock_up(key, "工会".encode(), "draft:1")
    assert take_out(key, locked, "draft:1") == "工会".encode()
    assert lock_up(key, b"", "draft:1") != lock_up(key, b"", "draft:1")
    for other, about in ((new_key(), "draft:1"), (key, "draft:2")):
        with pytest.raises(Damaged):
            take_out(other, locked, about)


def test_no_bit_of_it_can_be_changed_and_nothing_cut_off():
    key = new_key()
    locked = lock_up(key, b"secret", "a")
    for changed in (*every_bit(locked), *(locked[:length] for length in range(len(locked)))):
        with pytest.raises(Damaged):
            take_out(key, changed, "a")


def test_what_is_sent_opens_with_the_private_half_only():
    private, public = key_pair()
    assert public_half(private) == public
    sent = send_to(public, b"secret", "share:1:2")
    assert receive(private, sent, "share:1:2") == b"secret"
    with pytest.raises(Damaged):
        receive(key_pair()[0], sent, "share:1:2")
    with pytest.raises(Damaged):
        receive(private, sent, "share:2:2")
    for changed in (*every_bit(sent), sent[:40], b""):
        with pytest.raises(Damaged):
            receive(private, changed, "share:1:2")


def test_a_passphrase_stands_for_one_key_with_its_salt():
    one = key_from_words("correct horse", b"s" * 16, 4)
    assert len(one) == 32
    assert one == key_from_words("correct horse", b"s" * 16, 4)
    assert one != key_from_words("correct horse", b"t" * 16, 4)
    assert one != key_from_words("correct horsf", b"s" * 16, 4)
