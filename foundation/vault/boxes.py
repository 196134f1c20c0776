"""What is locked up and opened again: AES-256-GCM for what one keeps, HPKE for what one is sent.

Everything is bound to what it is about (`about`, a plain text): moved to another row, or another
version of the same row, it does not open. Nothing here is ours but the order of the calls: the
primitives are those of `cryptography` (OpenSSL, RFC 9180).
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Damaged(Exception):
    """It does not open: another key, another thing it is about, or a bit of it was changed."""


def new_key() -> bytes:
    """A key nobody has ever had."""
    return AESGCM.generate_key(256)


def lock_up(key: bytes, plain: bytes, about: str) -> bytes:
    """`plain` under `key`; only the same key and the same `about` open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def take_out(key: bytes, locked: bytes, about: str) -> bytes:
    """What `lock_up` was given, whole; else Damaged."""
    nonce, body = locked[:_NONCE_BYTES], locked[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, body, about.encode())
    except (InvalidTag, ValueError) as fault:  # ValueError: cut off within the nonce
        raise Damaged(about) from fault


def key_pair() -> tuple[bytes, bytes]:
    """(private half, public half), 32 bytes each: who has the public one can send a thing."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_half(private: bytes) -> bytes:
    """The public half that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def send_to(public: bytes, plain: bytes, about: str) -> bytes:
    """`plain` so that only the private half opens it; who sends it cannot open it again."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), about.encode())


def receive(private: bytes, sent: bytes, about: str) -> bytes:
    """What `send_to` was given, whole; else Damaged."""
    try:
        return _SUITE.decrypt(sent, X25519PrivateKey.from_private_bytes(private), about.encode())
    except (InvalidTag, ValueError) as fault:
        raise Damaged(about) from fault


def key_from_words(words: str, salt: bytes, log_n: int) -> bytes:
    """The key a passphrase stands for; slow on purpose: 2^log_n × 1 KiB of memory, three times."""
    return Scrypt(salt=salt, length=KEY_BYTES, n=1 << log_n, r=8, p=3).derive(words.encode())
