"""Pictures on pages: drawn anew in one size, without what the camera wrote beside them."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.images.image_operations import FilterOperation

PICTURE = "max-1400x1400|plain|format-jpeg"
ON_PAPER = "max-1000x1000|plain|format-jpeg"

WRITTEN_BESIDE = ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp")


class Plain(FilterOperation):
    """`plain`: nobody learns from a picture where it was taken, when, or with what."""

    def construct(self) -> None:
        """It takes no measures."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        """The same picture with nothing written beside it."""
        inner = getattr(willow, "image", None)
        for name in WRITTEN_BESIDE:
            getattr(inner, "info", {}).pop(name, None)
        return willow


@hooks.register("register_image_operations")
def image_operations() -> list[tuple[str, type[Plain]]]:
    """The ways a picture may be changed, beside Wagtail's own."""
    return [("plain", Plain)]
