"""Templates and styles: all compile, no inline style or script, raw colours in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.house.sources import FLOORS, HOUSE, told

TEMPLATES = sorted(
    file for floor in FLOORS for file in (HOUSE / floor).glob("**/templates/**/*") if file.is_file()
)
PAGES = [file for file in TEMPLATES if file.suffix == ".html" and "email" not in file.parts]
STYLES = sorted((HOUSE / "static").rglob("*.css"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(")
ONE_TAG = re.compile(r"\{%((?!%\}).)*%\}")

BESIDE = (r"(?s)/\*.*?\*/", r"(?s)/\*.*?\*/|--[\w-]+:[^;]+;")
"""What may hold a raw colour: comments, and on paper the tokens' other values."""


def name_of(file: Path) -> str:
    return str(file).split("/templates/")[1]


@pytest.mark.parametrize("name", [name_of(file) for file in TEMPLATES if file.suffix != ".typ"])
def test_the_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", r"\sstyle\s*="),
        ("a style element", r"<style\b"),
        ("a script without src", r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>"),
        ("an event attribute", r"<[^>%]*\son(?:click|change|submit|load|input|key\w+)\s*="),
        ("a javascript: address", r"javascript:"),
        ("a foreign address", r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//"),
    ],
)  # fmt: skip
def test_no_page_holds_what_the_content_security_policy_refuses(what, pattern):
    faults = [
        f"{name_of(file)}: {found.group(0)}"
        for file in PAGES
        for found in re.finditer(pattern, file.read_text())
    ]
    assert not faults, told(faults)


def test_titles_hold_words_and_no_markup():
    """`said` marks Chinese words on an English page with a span; a title would show it as text."""
    title = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}", re.S)
    faults = [
        f"{name_of(file)}: {found.group(0)}"
        for file in PAGES
        for inside in title.findall(file.read_text())
        for found in re.finditer(r'\|said:"\w+"(?!\|striptags)', inside)
    ]
    assert not faults, told(faults)


def test_templates_are_read_line_by_line():
    """A long line is one tag with its sentence, never a page in a row."""
    faults = [
        f"{name_of(file)}:{number} has {len(line)} characters"
        for file in PAGES
        if "allauth" not in file.parts
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if len(line) > 180 and not ONE_TAG.fullmatch(line.strip())
    ]
    assert not faults, told(faults)


def test_raw_colours_stand_in_the_tokens_file_only():
    faults = [
        f"{file.relative_to(HOUSE)}: {found.group(0)}"
        for file in STYLES
        if file.name != "tokens.css"
        for found in COLOUR.finditer(re.sub(BESIDE[file.name == "print.css"], "", file.read_text()))
    ]
    faults += [
        f"{name_of(file)}: {found.group(0)}"
        for file in PAGES
        for found in re.finditer(r"(?:fill|stroke|color)=\"#[0-9a-fA-F]{3,8}\"", file.read_text())
    ]
    assert not faults, told(faults)


def test_stylesheets_load_nothing_from_elsewhere():
    assert [
        str(file) for file in STYLES if re.search(r"url\(['\"]?(?:https?:)?//", file.read_text())
    ] == []
