"""Tags that put a shell around what a page says: cards, panels, notices, tables, buttons."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.face.tables import labelled

register = template.Library()


def _shell(name: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **context})


@register.simple_block_tag
def card(
    content: str, title: Any = "", *, url: str = "", tone: str = "", level: int = 3
) -> SafeString:
    """{% card %}…{% endcard %}: one thing in a list; with `title` and `url` a linked heading."""
    return _shell("card", content, title=title, url=url, tone=tone, level=level)


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """{% cards %}…{% endcards %}: a grid of cards."""
    return _shell("cards", content)


@register.simple_block_tag
def panel(
    content: str,
    title: Any = "",
    *,
    anchor: str = "",
    url: str = "",
    more: Any = "",
    tone: str = "",
) -> SafeString:
    """{% panel _("title") %}…{% endpanel %}: a titled section; `url`, `more` link on."""
    return _shell("panel", content, title=title, anchor=anchor, url=url, more=more, tone=tone)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Any = "") -> SafeString:
    """{% notice tone="warn" %}…{% endnotice %}: something the reader must not miss."""
    return _shell("notice", content, tone=tone, title=title)


@register.simple_block_tag
def empty(content: str, title: Any = "", icon: str = "empty") -> SafeString:
    """{% empty _("Nothing yet") %}what to do{% endempty %}: an empty state that teaches."""
    return _shell("empty", content, title=title, icon=icon)


@register.simple_block_tag
def table(content: str, caption: Any = "", quiet: bool = False, scroll: bool = False) -> SafeString:
    """{% table _("caption") %}thead and tbody{% endtable %}: its rows are cards on a phone.

    A table of few columns stays one. `scroll` keeps a statement of money, where a column is read
    downwards, as it is: it scrolls sideways. `quiet` keeps the caption for screen readers only.
    """
    cards = None if scroll else labelled(content)
    return _shell(
        "table",
        content if cards is None else SafeString(cards),
        caption=caption,
        quiet=quiet,
        cards=cards is not None,
    )


@register.simple_block_tag
def facts(content: str, columns: int = 1) -> SafeString:
    """{% facts %}<div><dt>…</dt><dd>…</dd></div>…{% endfacts %}: names and values."""
    return _shell("facts", content, columns=columns)


@register.simple_block_tag
def disclosure(content: str, summary: Any, open: bool = False) -> SafeString:
    """{% disclosure _("More") %}…{% enddisclosure %}: opens on demand, works without scripts."""
    return _shell("disclosure", content, summary=summary, open=open)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """{% actions %}…{% endactions %}: buttons side by side."""
    return _shell("actions", content)


@register.simple_tag(takes_context=True)
def act(
    context: template.Context,
    url: str,
    label: Any,
    says: Any = "",
    *,
    tone: str = "",
    icon: str = "",
    name: str = "",
    value: Any = "",
) -> SafeString:
    """{% act url _("label") says=_("what will happen") tone="danger" %}: a button that POSTs.

    With `says` it first opens an explanation, with the real button inside. `name` and `value`
    send one field along. Tones: "" (plain), main, danger, quiet.
    """
    request = context.get("request")
    return render_to_string(
        "components/act.html",
        {
            "url": url,
            "label": label,
            "says": says,
            "tone": tone,
            "icon": icon,
            "name": name,
            "value": value,
            "token": get_token(request) if request else "",
        },
    )


@register.inclusion_tag("components/link_button.html")
def link_button(url: str, label: Any, tone: str = "", icon: str = "") -> dict[str, Any]:
    """{% link_button url _("Apply") tone="main" %}: a link that looks like a button."""
    return {"url": url, "label": label, "tone": tone, "icon": icon}
