"""A data file's description in DDI-Codebook 2.5, the form in which data archives exchange it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as xml

NAMESPACE = "ddi:codebook:2_5"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
XML = "{http://www.w3.org/XML/1998/namespace}"

Words = tuple[str, str]
"""The words in Chinese and in English; either may be empty."""


@dataclass(frozen=True)
class Variable:
    """One column: its name, its words, the question asked, its values and how often each stands."""

    name: str
    label: Words
    asked: Words = ("", "")
    values: tuple[tuple[str, Words, int], ...] = ()
    is_number: bool = False


@dataclass(frozen=True)
class Study:
    """What the file is about: who asked whom, when, how; and the file itself."""

    identifier: str
    title: Words
    abstract: Words
    producer: Words
    began_on: str
    ended_on: str
    made_on: str
    universe: Words
    sampling: Words
    weighting: Words
    conditions: Words
    file_name: str
    rows: int
    collection: Words = ("", "")
    software: str = ""
    variables: Sequence[Variable] = field(default=())


def codebook(study: Study) -> bytes:
    """The study's description as XML."""
    root = xml.Element(
        f"{{{NAMESPACE}}}codeBook",
        {
            "version": "2.5",
            "ID": study.identifier,
            XML + "lang": "zh",
            "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )
    document = _inside(_inside(root, "docDscr"), "citation")
    _titles(document, study)
    _said(_inside(document, "prodStmt"), "producer", study.producer)
    _dated(document, study.made_on)
    _study(_inside(root, "stdyDscr"), study)
    _file(_inside(root, "fileDscr", ID="F1"), study)
    data = _inside(root, "dataDscr")
    for place, variable in enumerate(study.variables, start=1):
        _variable(data, variable, place)
    xml.register_namespace("", NAMESPACE)
    xml.register_namespace("xsi", "http://www.w3.org/2001/XMLSchema-instance")
    xml.indent(root)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _inside(parent: xml.Element, tag: str, text: str = "", **attributes: str) -> xml.Element:
    own = xml.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    if text:
        own.text = _clean(text)
    return own


def _clean(text: str) -> str:
    """Without the characters XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)


def _said(parent: xml.Element, tag: str, words: Words) -> None:
    """The words once in each language they are given in."""
    for language, text in zip(("zh", "en"), words, strict=True):
        if text:
            _inside(parent, tag, text).set(XML + "lang", language)


def _titles(citation: xml.Element, study: Study) -> None:
    titles = _inside(citation, "titlStmt")
    _inside(titles, "titl", study.title[0])
    if study.title[1]:
        _inside(titles, "parTitl", study.title[1]).set(XML + "lang", "en")
    _inside(titles, "IDNo", study.identifier)


def _dated(citation: xml.Element, day: str) -> None:
    _inside(_inside(citation, "verStmt"), "version", "1.0", date=day)


def _study(description: xml.Element, study: Study) -> None:
    citation = _inside(description, "citation")
    _titles(citation, study)
    _said(_inside(citation, "rspStmt"), "AuthEnty", study.producer)
    production = _inside(citation, "prodStmt")
    _said(production, "producer", study.producer)
    _inside(production, "prodDate", study.made_on, date=study.made_on)
    if study.software:
        _inside(production, "software", study.software)
    _dated(citation, study.made_on)
    about = _inside(description, "stdyInfo")
    _said(about, "abstract", study.abstract)
    summary = _inside(about, "sumDscr")
    _inside(summary, "collDate", study.began_on, date=study.began_on, event="start")
    _inside(summary, "collDate", study.ended_on, date=study.ended_on, event="end")
    _inside(summary, "nation", "中国", abbr="CN")
    _said(summary, "universe", study.universe)
    _inside(summary, "dataKind", "survey data")
    method = _inside(description, "method")
    collection = _inside(method, "dataColl")
    _said(collection, "sampProc", study.sampling)
    _said(collection, "collMode", study.collection)
    _said(collection, "weight", study.weighting)
    access = _inside(_inside(description, "dataAccs"), "useStmt")
    _said(access, "conditions", study.conditions)


def _file(description: xml.Element, study: Study) -> None:
    text = _inside(description, "fileTxt")
    _inside(text, "fileName", study.file_name)
    size = _inside(text, "dimensns")
    _inside(size, "caseQnty", str(study.rows))
    _inside(size, "varQnty", str(len(study.variables)))
    _inside(text, "fileType", "text/csv; charset=utf-8")


def _variable(data: xml.Element, variable: Variable, place: int) -> None:
    own = _inside(data, "var", ID=f"V{place}", name=variable.name, files="F1")
    own.set("intrvl", "contin" if variable.is_number else "discrete")
    _said(own, "labl", variable.label)
    if any(variable.asked):
        _said(_inside(own, "qstn"), "qstnLit", variable.asked)
    for value, words, people in variable.values:
        category = _inside(own, "catgry")
        _inside(category, "catValu", value)
        _said(category, "labl", words)
        _inside(category, "catStat", str(people), type="freq")
    _inside(own, "varFormat", type="numeric" if variable.is_number else "character")
