"""The documents drawn from the code are as fresh as the code."""

from cms.management.house_docs import pages


def test_generated_documents_are_fresh():
    stale = [path.name for path, text in pages().items() if path.read_text() != text]
    assert stale == [], "run `manage.py write_docs`"
