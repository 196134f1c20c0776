"""Open rows hide everybody among five; themes count people; the codebook is whole."""

from collections import Counter
from xml.etree import ElementTree as xml

from bidding.sampling.codebook import NAMESPACE, Study, Variable, codebook
from bidding.sampling.release import Key, bands, release
from bidding.sampling.themes import Theme, themes


def test_rows_are_coarsened_until_nobody_stands_out_and_the_rest_is_kept_back():
    known = [(place, str(age)) for place in "abcdef" for age in range(20, 60)] * 2
    told = [(str(at % 3),) for at in range(len(known))]
    tens = bands(range(20, 60), 10)
    keys = [Key("place"), Key("age", (tens,))]
    naive = min(Counter(known).values())
    done = release(keys, known, told)
    assert (naive, done.k >= 5, done.l >= 2, done.share) == (2, True, True, 1.0)
    assert done.steps == {"place": 0, "age": 1}
    assert min(Counter(done.keys[place] for place in done.kept).values()) == 20


def test_a_group_that_answered_alike_is_kept_back():
    known = [("a",)] * 200 + [("b",)] * 5
    told = [(str(at % 2),) for at in range(200)] + [("1",)] * 5
    done = release([Key("place")], known, told)
    assert (len(done.kept), done.k, done.l) == (200, 200, 2)


def test_themes_count_people_and_never_name_one():
    said = ["食堂太远，食堂食堂", "希望食堂近一点", "王经理说食堂不改"] * 2 + [
        "WiFi in the canteen"
    ] * 5
    found = themes([*said, " ", "李师傅很好", *["张老师"] * 9])
    assert found[0] == Theme("", 21)
    assert Theme("食堂", 6) in found
    assert Theme("wifi", 5) in found
    assert not any("王" in theme.word or "张" in theme.word for theme in found)


def test_a_codebook_describes_the_file_and_holds_no_control_characters():
    words = ("调研\x00", "Survey")
    study = Study(
        *("s-1", words, words, words, "2024-01-01", "2024-02-01", "2024-03-01"),
        *(words, words, words, words, "s-1.csv", 97),
        variables=[Variable("q1", ("年龄", "Age"), ("您多大？", ""), (("1", ("青", "young"), 9),))],
    )
    root = xml.fromstring(codebook(study))
    names = {"d": NAMESPACE}
    assert root.tag == f"{{{NAMESPACE}}}codeBook"
    parts = [child.tag.split("}")[1] for child in root]
    assert parts == ["docDscr", "stdyDscr", "fileDscr", "dataDscr"]
    assert root.findtext("d:fileDscr/d:fileTxt/d:dimensns/d:caseQnty", "", names) == "97"
    variable = root.find("d:dataDscr/d:var", names)
    assert [child.tag.split("}")[1] for child in variable] == [
        *("labl", "labl", "qstn", "catgry", "varFormat")
    ]
    assert variable.findtext("d:catgry/d:catStat", "", names) == "9"
