"""What a file is, is told from its bytes; what is unfit is named."""

import io
import zipfile

import pytest
from PIL import Image

from foundation.documents.content import Unfit, clean_image, media_type_of, safe_name


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in entries.items():
            made.writestr(name, body)
    return out.getvalue()


def picture(kind: str = "JPEG", **save) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, kind, **save)
    return out.getvalue()


DOCX = archive(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"})


def reason(name: str, data: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        media_type_of(name, io.BytesIO(data))
    return unfit.value.reason


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("计划.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("a.JPG", picture(), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.zip", archive(**{"a.txt": b"x"}), "application/zip"),
        ("名单.csv", "姓名,单位\n王,工会".encode(), "text/csv"),
        ("名单.csv", "姓名,单位\n王,工会".encode("gb18030"), "text/csv"),
        ("a.txt", b"plain", "text/plain"),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(name, data, media_type):
    assert media_type_of(name, io.BytesIO(data)) == media_type


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"MZ...", "type"),
        ("a", b"x", "type"),
        ("a.html", b"<script>", "type"),
        ("a.svg", b"<svg/>", "type"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"<html>", "mismatch"),
        ("a.png", picture("JPEG"), "mismatch"),
        ("a.pdf", DOCX, "mismatch"),
        ("a.docx", archive(**{"a.txt": b"x"}), "mismatch"),
        ("a.csv", picture(), "mismatch"),
        ("a.csv", b"a\x00b", "mismatch"),
        ("a.csv", b"\xff\xff\xff", "mismatch"),
        (
            "a.docx",
            archive(**{"[Content_Types].xml": b"", "word/a.xml": b"", "word/vbaProject.bin": b"x"}),
            "program",
        ),
        ("a.zip", archive(**{"a": b"0" * 3_000_000}), "bomb"),
        ("a.zip", archive(**{f"{n}": b"" for n in range(2001)}), "bomb"),
        ("a.zip", DOCX[:-30], "broken"),
    ],
)
def test_an_unfit_file_is_named_for_what_is_wrong(name, data, why):
    assert reason(name, data) == why


def test_an_archive_that_lies_about_its_size_is_refused():
    honest = archive(**{"a": b"0" * 50_000})
    lying = honest.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert reason("a.zip", lying) in {"bomb", "broken"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(kind):
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    hidden = picture(kind, exif=exif)
    assert b"a secret place" in hidden
    clean = clean_image(io.BytesIO(hidden), f"image/{kind.lower()}")
    assert b"a secret place" not in clean
    assert Image.open(io.BytesIO(clean)).size == (8, 6)


def test_a_picture_lying_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = clean_image(io.BytesIO(picture(exif=exif)), "image/jpeg")
    assert Image.open(io.BytesIO(clean)).size == (6, 8)


def test_a_damaged_picture_is_refused():
    with pytest.raises(Unfit, match="broken"):
        clean_image(io.BytesIO(picture()[:40]), "image/jpeg")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("申报书（终稿）.pdf", "申报书（终稿）.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        (' . a"b .pdf', "a_b.pdf"),
        (".pdf", "file.pdf"),
        ("计" * 300 + ".pdf", "计" * 116 + ".pdf"),
    ],
)
def test_names_are_made_safe_and_chinese_stays(name, safe):
    assert safe_name(name) == safe
