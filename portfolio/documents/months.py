"""Month names and their usual short forms in seven languages."""

from __future__ import annotations

import unicodedata

_NAMES: tuple[str, ...] = (
    # English, Spanish, Portuguese, French, German, Italian, Dutch; without accents, see `fold`.
    "january jan enero ene janeiro janvier janv januar jaenner janner gennaio gen januari",
    "february feb febrero fevereiro fev fevrier fevr februar febbraio februari febr",
    "march mar marzo marco mars marz maerz mrz maart mrt",
    "april apr abril abr avril avr aprile",
    "may mayo maio mai maggio mag mei",
    "june jun junio junho juin juni giugno giu",
    "july jul julio julho juillet juil juli luglio lug",
    "august aug agosto ago aout augustus",
    "september sep sept septiembre setiembre setembro set septembre settembre",
    "october oct octubre outubro out octobre oktober okt ottobre ott",
    "november nov noviembre novembro novembre",
    "december dec diciembre dic dezembro dez decembre dezember dicembre",
)
_NUMBER_BY_NAME = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}


def fold(text: str) -> str:
    """``text`` in lower case and without accents: "Février" -> "fevrier"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def month_number(word: str) -> int | None:
    """1-12 for a month name as people write it ("Sept.", "févr.", "März"), None for any other word."""
    return _NUMBER_BY_NAME.get(fold(word).rstrip("."))
