"""The arithmetic of seals, as the documented format says it."""

import hashlib

from foundation.seals.chain import GENESIS, canonical, seal_of, sha256_of


def test_a_seal_can_be_recomputed_by_anyone_from_the_documented_format():
    rows = [{"b": 1, "a": "工"}, {"a": None}]
    by_hand = hashlib.sha256(
        GENESIS.encode() + b'\n{"a":"\xe5\xb7\xa5","b":1}\n{"a":null}\n'
    ).hexdigest()
    assert seal_of(GENESIS, rows) == (by_hand, 2)


def test_order_content_and_what_came_before_all_count():
    one, two = {"n": 1}, {"n": 2}
    seals = {
        seal_of(GENESIS, [one, two])[0],
        seal_of(GENESIS, [two, one])[0],
        seal_of(GENESIS, [one])[0],
        seal_of("1" * 64, [one, two])[0],
    }
    assert len(seals) == 4


def test_there_is_one_way_to_write_facts_down():
    assert canonical({"b": [1, 2], "a": "x"}) == '{"a":"x","b":[1,2]}'
    assert sha256_of({}) == hashlib.sha256(b"{}").hexdigest()
