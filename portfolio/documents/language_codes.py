"""Language codes (BCP 47) as front matter and configurations write them, and the direction of their script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LANGUAGE_KEYS = ("lang", "language", "locale")
# The keys in which plugins and themes name what translations of one page have in common.
TRANSLATION_KEYS = ("ref", "translationKey", "translation_key", "lang-ref", "lang_ref", "page_id")
MAX_LANGUAGE = 12
MAX_TRANSLATION_GROUP = 200

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_RIGHT_TO_LEFT = frozenset("ar arc arz azb ckb dv fa glk he iw khw ks lrc mzn nqo pnb ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("Adlm Arab Hebr Mand Nkoo Syrc Thaa".split())


def language_code(value: object) -> str:
    """The code that ``value`` names, in the usual letter case: ``pt_br.UTF-8`` is pt-BR; "" when it names none."""
    if value is False:
        return "no"  # YAML reads the code of Norwegian as "false"
    if not isinstance(value, str):
        return ""
    first, *others = re.split(r"[.@]", value.strip())[0].replace("_", "-").split("-")
    code = "-".join([first.lower(), *map(_in_usual_case, others)])
    return code if len(code) <= MAX_LANGUAGE and LANGUAGE.fullmatch(code) else ""


def _in_usual_case(subtag: str) -> str:
    """``Hans`` for a script, ``BR`` for a region."""
    return subtag.title() if len(subtag) == 4 else subtag.upper() if len(subtag) == 2 else subtag


def text_direction(code: str) -> str:
    """``rtl`` for a language that is written from right to left, else ``ltr``."""
    language, *others = code.split("-")
    script = next((subtag for subtag in others if len(subtag) == 4), "")
    if script:
        return "rtl" if script.title() in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language.lower() in _RIGHT_TO_LEFT else "ltr"


def language_in(front_matter: Mapping[str, Any]) -> str:
    """The language that the first of the usual keys names."""
    codes = (language_code(front_matter[key]) for key in LANGUAGE_KEYS if key in front_matter)
    return next(filter(None, codes), "")


def translation_group_in(front_matter: Mapping[str, Any]) -> str:
    """What the translations of one page have in common, as text."""
    values = (front_matter.get(key) for key in TRANSLATION_KEYS)
    texts = (" ".join(str(value).split()) for value in values if isinstance(value, str | int) and value is not False)
    return next(filter(None, texts), "")[:MAX_TRANSLATION_GROUP]
