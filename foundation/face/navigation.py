"""Where one can go from here: the lists are data of the upper floors, read by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_from_path

from foundation.organisations.rules import kinds_of

OWN_NAMES = {"zh-hans": "简体中文", "en": "English"}


@dataclass(frozen=True)
class Place:
    """One entry of a menu: a URL name, its label, and for the desk whose place it is.

    `who` holds roles on the platform and kinds of organisation the person belongs to ("social",
    "union" …); empty means everybody. `group` is the heading it stands under, `says` what one
    does there.
    """

    name: str
    label: Any
    icon: str = ""
    who: tuple[str, ...] = ()
    group: Any = ""
    says: Any = ""


@dataclass(frozen=True)
class Tab:
    """One of several places of a room, shown in a row on each of them."""

    label: str
    url: str
    here: bool


def address(name: str, *args: Any) -> str:
    """The address of a URL name (of an editor's page: its path), or "" where nothing answers."""
    if name.startswith("/"):
        name, args = "wagtail_serve", (name[1:],)
    return _reversed(name, args, get_language(), settings.ROOT_URLCONF)


@lru_cache(maxsize=1000)
def _reversed(name: str, args: tuple[Any, ...], language: str | None, urlconf: str) -> str:
    """Found once for each language: a page's menus name two dozen addresses."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def here(setting: str, path: str) -> str:
    """The address of the menu's entry under which `path` stands, or "" (`setting` names it)."""
    urls = _urls(setting, get_language(), settings.ROOT_URLCONF, get_script_prefix())
    return max((url for url in urls if path.startswith(url)), key=len, default="")


@lru_cache(maxsize=100)
def _urls(setting: str, *_hangs_on: Any) -> tuple[str, ...]:
    urls = (address(place.name) for place in import_string(setting))
    return tuple(url for url in urls if url)


def _items(places: Iterable[Place], path: str) -> list[dict[str, Any]]:
    items = []
    for place in places:
        url = address(place.name)
        if url:
            items.append(
                {
                    "url": url,
                    "label": place.label,
                    "icon": place.icon,
                    "group": place.group,
                    "length": len(url),
                    "here": False,
                }
            )
    matching = [i for i in items if i["url"] == path or path.startswith(i["url"])]
    if matching:
        best = max(matching, key=lambda i: i["length"])
        best["here"] = True
    return items


def public_items(path: str) -> list[dict[str, Any]]:
    """The public menu."""
    return _items(import_string(settings.PUBLIC_NAVIGATION), path)


def footer_groups(path: str) -> list[dict[str, Any]]:
    """The quieter places at the foot of every public page, in groups."""
    return _grouped(_items(import_string(settings.FOOTER_NAVIGATION), path))


def label_of(url: str) -> Any:
    """What the menus call the place at this address; empty for places that are in none."""
    for setting in (settings.DESK_NAVIGATION, settings.PUBLIC_NAVIGATION):
        for place in import_string(setting):
            if address(place.name) == url:
                return place.label
    return ""


def belongings_of(person: Any) -> frozenset[str]:
    """Roles on the platform and kinds of organisation a person belongs to (one query, cached)."""
    if not (person and person.is_authenticated):
        return frozenset()
    return frozenset(person.roles) | kinds_of(person)


def starts_for(person: Any) -> list[tuple[Place, str]]:
    """Where somebody for whom nothing waits may begin, with its address.

    Who has no post and no organisation yet gets the places that are nobody's.
    """
    mine = belongings_of(person)
    places = [
        place
        for place in import_string(settings.DESK_STARTS)
        if (mine & set(place.who) if mine else not place.who)
    ]
    return [(place, address(place.name)) for place in places]


def desk_groups(person: Any, path: str) -> list[dict[str, Any]]:
    """The desk's menu for this person, in groups."""
    mine = belongings_of(person)
    places = [
        place
        for place in import_string(settings.DESK_NAVIGATION)
        if not place.who or mine & set(place.who)
    ]
    return _grouped(_items(places, path))


def _grouped(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for item in items:
        if not groups or groups[-1]["label"] != item["group"]:
            groups.append({"label": item["group"], "items": []})
        groups[-1]["items"].append(item)
    return groups


def languages() -> list[tuple[str, str]]:
    """Codes and own names of the languages the house speaks."""
    return [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES]


def is_missing_in(request: HttpRequest, code: str) -> bool:
    """Has this page no twin in that language? (Only editors' pages may lack one.)"""
    known: dict[str, str] = getattr(request, "translated_paths", {})
    return bool(known) and code not in known


def path_in(request: HttpRequest, code: str) -> str:
    """This same page's address in another language, its query kept.

    Pages whose address differs by more than the language before it say so in
    `request.translated_paths`. Django's `translate_url` would walk every address of the house.
    """
    known: dict[str, str] = getattr(request, "translated_paths", {})
    if known.get(code):
        return known[code]
    root = get_script_prefix()
    if known:  # an editor's page without a twin in that language: its start page
        return root if code == settings.LANGUAGE_CODE else f"{root}{code}/"
    here = request.get_full_path().removeprefix(root)
    spoken = get_language_from_path(request.path_info)
    bare = here.removeprefix(f"{spoken}/") if spoken else here
    return root + (bare if code == settings.LANGUAGE_CODE else f"{code}/{bare}")
