"""jekyll-polyglot: translations share an address, below a folder for each language but the default one.

A page without a translation is in the folder of each language, too. See https://github.com/untra/polyglot
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

PLUGIN = "jekyll-polyglot"
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4}){0,2}")


def languages(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages of the site, the default first; none without the plugin."""
    listed = config.get("languages")
    plugins = config.get("plugins") or config.get("gems") or ()
    if not isinstance(listed, list) or not ("default_lang" in config or PLUGIN in plugins):
        return ()
    default = str(config.get("default_lang") or "en")
    return tuple(dict.fromkeys([default, *map(str, listed)]))


def language_of(path: str, data: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Return the language of the document at ``path``: its own, that of its folder if configured, or the default."""
    if isinstance(data.get("lang"), str) and data["lang"]:
        return str(data["lang"])
    if config.get("lang_from_path"):
        folders = path.split("/")[:-1]
        folder = next(iter(folders[1:] if path.startswith("_") else folders), "")
        if _LANGUAGE_FOLDER.fullmatch(folder):
            return folder
    return languages(config)[0]


def shared_address(address: str, config: Mapping[str, Any]) -> str:
    """Return the address that all translations share, without the language that a file name or a folder adds."""
    names = "|".join(map(re.escape, languages(config)))
    return re.sub(rf"[/.](?:{names})[/.]", "/", address)


def language_folder(language: str, config: Mapping[str, Any]) -> str:
    """Return what the addresses of documents in ``language`` begin with, "" for the default language."""
    return f"/{language}" if language in languages(config)[1:] else ""


def fallback_addresses(
    path: str, language: str, shared: str, data: Mapping[str, Any], translated: Iterable[str], config: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return where the document is shown for want of a translation; ``translated`` are the languages that have one."""
    exclusive = data.get("lang-exclusive")
    shown_in = _texts(exclusive) if exclusive else languages(config)
    excluded = [name.strip("/") for name in _texts(config.get("exclude_from_localization"))]
    if any(path == name or path.startswith(f"{name}/") for name in excluded):
        return ()
    missing = [code for code in languages(config) if code in shown_in and code != language and code not in translated]
    return tuple(language_folder(code, config) + shared for code in missing)


def _texts(value: object) -> Sequence[str]:
    return [str(item) for item in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
