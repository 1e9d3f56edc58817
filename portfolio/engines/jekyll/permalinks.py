"""Permalinks: Jekyll's styles, templates and slugs for the address of a document."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

_PRETTY = frozenset("._~!$&'()+,;=@")
_LATIN = {
    "Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ł": "L", "ł": "l",
    "Ŋ": "NG", "ŋ": "ng", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "ß": "ss", "Þ": "Th", "þ": "th", "Ŧ": "T", "ŧ": "t",
    "×": "x",
}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class PermalinkError(ValueError):
    """The template has an unknown placeholder."""


def slugify(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """Jekyll's ``slugify`` with modes ``raw``, ``default``, ``pretty``, ``ascii`` and ``latin``; others do nothing."""
    if mode == "raw":
        slug = re.sub(r"\s+", "-", text)
    elif mode == "ascii":
        slug = re.sub(r"[^A-Za-z0-9]+", "-", text)
    elif mode in ("default", "pretty", "latin"):
        source = "".join(map(_latin, unicodedata.normalize("NFC", text))) if mode == "latin" else text
        allowed = _PRETTY if mode == "pretty" else frozenset()
        marked = "".join(character if character in allowed or _is_word(character) else "\0" for character in source)
        slug = re.sub("\0+", "-", marked)
    else:
        return text if cased else text.lower()
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def _latin(character: str) -> str:
    if character.isascii():
        return character
    plain = _LATIN.get(character) or unicodedata.normalize("NFD", character)[0]
    return plain if plain.isascii() else "?"


def with_suffix(template: str, style: str) -> str:
    """Add the ending of the site's permalink style to the template of a page or collection."""
    if style == "pretty" or style.endswith("/"):
        return template + "/"
    if style in ("date", "ordinal", "none") or style.endswith(":output_ext"):
        return template + ":output_ext"
    return template


def date_placeholders(moment: datetime) -> dict[str, str]:
    """Return the placeholders of a template for a date, which is in the site's time zone."""
    iso = moment.isocalendar()
    return {
        "year": f"{moment.year:04}",
        "month": f"{moment.month:02}",
        "day": f"{moment.day:02}",
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
        "i_day": str(moment.day),
        "i_month": str(moment.month),
        "short_month": _MONTHS[moment.month - 1][:3],
        "long_month": _MONTHS[moment.month - 1],
        "short_year": f"{moment.year % 100:02}",
        "w_year": f"{iso.year:04}",
        "week": f"{iso.week:02}",
        "w_day": str(iso.weekday),
        "short_day": _DAYS[iso.weekday - 1][:3],
        "long_day": _DAYS[iso.weekday - 1],
        "y_day": f"{moment.timetuple().tm_yday:03}",
    }


def document_address(template: str, values: Mapping[str, str]) -> str:
    """Fill the template of a post or collection document. Raises `PermalinkError`."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in values:
            return escape_path(values[name])
        if name.endswith("_") and name[:-1] in values:
            return escape_path(values[name[:-1]]) + "_"
        raise PermalinkError(f"the permalink {template!r} names :{name}, which Jekyll does not know")

    return tidy(re.sub(r":([a-z_]+)", fill, template))


def page_address(template: str, path: str, output_ext: str) -> str:
    """Fill the template of a page, which has only path, name and extension."""
    directory, name = posixpath.split(path)
    basename = posixpath.splitext(name)[0].rstrip(".")
    for key, value in (("path", directory), ("basename", basename), ("output_ext", output_ext)):
        template = template.replace(f":{key}", escape_path(value))
    return tidy(template)


def escape_path(path: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9./-]*", path):
        return path
    return quote(path, safe="/:@!$&'()*+,;=-._~?#").replace("#", "%23", 1)


def tidy(address: str) -> str:
    """Normalise to one leading slash, no double slashes and no parent references."""
    return re.sub(r"/{2,}", "/", ("/" + address).replace("..", "/").replace("./", ""))
