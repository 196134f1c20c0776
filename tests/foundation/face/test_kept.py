"""A piece of the frame that is the same for everybody is drawn once, and anew for other facts."""

from django.template import Context, Template
from django.utils.translation import override


def test_a_kept_piece_is_drawn_once_for_its_language_settings_and_facts(settings):
    drawn = []
    piece = Template("{% kept place %}{{ draw }}{{ place }}{% endkept %}")

    def shown(place):
        return piece.render(Context({"place": place, "draw": lambda: drawn.append(place) or "."}))

    assert [shown("/a/"), shown("/a/"), shown("/b/"), shown("/a/")] == [
        "./a/",
        "./a/",
        "./b/",
        "./a/",
    ]
    assert drawn == ["/a/", "/b/"]
    for language in ("en", "zh-hans", "en"):
        with override(language):
            shown("/a/")
    settings.DEMO = not settings.DEMO
    shown("/a/")
    assert drawn == ["/a/", "/b/", "/a/", "/a/"]  # of the languages one was drawn before
