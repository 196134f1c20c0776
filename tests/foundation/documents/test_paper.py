"""Papers: whatever people wrote, the paper is made."""

from __future__ import annotations

import io

from pypdf import PdfReader

from foundation.documents.paper import typeset

TEMPLATE = '#set text(font: "Noto Sans CJK SC")\n#json(bytes(sys.inputs.facts)).said'


def test_signs_that_the_font_lacks_become_boxes_and_the_rest_is_read(tmp_path):
    template = tmp_path / "paper.typ"
    template.write_text(TEMPLATE)
    plain = typeset(template, {"said": "#panic() 法律"})
    assert b"pdfaid:part" in plain  # archivable
    rare = typeset(template, {"said": "好😀\x01 ئۇيغۇر\ue000𪚥援助"})
    words = PdfReader(io.BytesIO(rare)).pages[0].extract_text()
    assert "援助" in words
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(rare)).trailer["/Root"]  # tagged still
