"""{% kept %}: a piece of the frame that is the same for everybody is drawn once and remembered."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()

MOST = 100
"""Drawings one piece keeps; what it hangs on has few values, so that more are never wanted."""


class Kept(template.Node):
    """Its drawings live and die with the template, in the memory of this process."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, hangs_on: list[FilterExpression]) -> None:
        self.nodelist, self.hangs_on = nodelist, hangs_on
        self.drawn: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        """What was drawn for the same language, settings and facts, or a new drawing."""
        facts = (fact.resolve(context) for fact in self.hangs_on)
        # which settings stand: tests put others in their place
        held = settings._wrapped  # type: ignore[misc]  # its stubs know only settings
        key = (get_language(), get_script_prefix(), held, *facts)
        found = self.drawn.get(key)
        if found is None:
            found = self.nodelist.render(context)
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            self.drawn[key] = found
        return found


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """{% kept fact other_fact %}…{% endkept %}: drawn anew only for other values of its facts.

    What stands inside may hang on nothing but the language, the settings and the facts named:
    never on a person, an address or a secret of the request.
    """
    hangs_on = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, hangs_on)
