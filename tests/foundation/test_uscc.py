"""Credit codes: both check characters, the prefix, and every single slip of the hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import uscc
from foundation.uscc import ALPHABET, PREFIXES, Fault, fault_of

PRINTED = {
    "91110000101623741K": None,
    "911101066976941872": None,
    "91110000600037341L": None,
    "91340621MA2PEN6Q3Y": None,
    "91340600MA2PBP2120": None,
    "52310115000000019N": None,
    "81310115000000019N": None,
    "51310115000000019R": None,
    "53310115000000019K": None,
    "52310115MJ0000202Y": None,
    "52310115MJ00000930": None,
    "N23101150000000195": None,
    "91350211M0000XUF46": Fault.CHECK,
    "91310115MA1H8R7C6D": Fault.CHECK,
    "91110000600037341N": Fault.CHECK,
    "9111000060003IOZSV": Fault.CHARACTER,
    "": Fault.LENGTH,
    "91110000600037341": Fault.LENGTH,
}


@pytest.mark.parametrize(("code", "fault"), PRINTED.items())
def test_codes_seen_in_print(code, fault):
    assert fault_of(code) is fault


serials = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)
regions = st.text("0123456789", min_size=6, max_size=6)
kinds = st.sampled_from([(kind, prefix) for kind, many in PREFIXES.items() for prefix in many])


@given(kinds, regions, serials)
def test_a_made_code_is_valid_for_its_kind(kind_and_prefix, region, serial):
    kind, prefix = kind_and_prefix
    assert fault_of(uscc.make(prefix, region, serial), kind) is None


@given(regions, serials, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_among_the_first_seventeen_is_always_found(
    region, serial, place, other
):
    code = uscc.make("52", region, serial)
    slipped = code[:place] + other + code[place + 1 :]
    assert (fault_of(slipped) is None) == (slipped == code)


@given(regions, serials, st.integers(0, 15))
def test_two_neighbours_exchanged_are_always_found(region, serial, place):
    code = uscc.make("52", region, serial)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (fault_of(swapped) is None) == (swapped == code)


@given(regions, serials)
def test_the_prefix_has_to_agree_with_the_kind(region, serial):
    assert fault_of(uscc.make("81", region, serial), "social") is Fault.PREFIX
    assert fault_of(uscc.make("51", region, serial), "union") is Fault.PREFIX
    assert fault_of(uscc.make("51", region, serial), "affiliated") is None


def test_the_body_code_has_a_check_of_its_own():
    first17 = "52310115" + "00000001" + "8"
    assert fault_of(first17 + uscc.check_character(first17)) is Fault.BODY_CHECK


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer_and_normalising_is_done_once(text):
    typed = uscc.normalised(text)
    assert uscc.normalised(typed) == typed
    assert fault_of(typed) is None or isinstance(fault_of(typed), Fault)


def test_people_type_spaces_hyphens_and_small_letters():
    assert uscc.normalised(" 9111-0000 60003734 1l\n") == "91110000600037341L"
