"""Tokenizer: a text as index terms, folded and split in Python so that every database gets the same ones.

Databases disagree on accents, on what a word is, and on scripts without spaces. Here a text becomes plain terms of
letters and digits, and the index only has to compare them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any

MAX_TERM = 64  # characters; what is longer is no word, and an index has limits of its own
MAX_WORDS = 50_000  # of one text: a long book. PostgreSQL holds at most 1 MB of terms for a row

# Letters that Unicode does not decompose, as people without them on their keyboard type them.
_LOOKALIKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DIACRITICS = re.compile("[\u0300-\u036f]+")
# Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_RUNS = re.compile(rf"({_UNSPACED.pattern})")
# What is a name with its signs and hardly one without them: C++, C#, .NET.
_SIGNS = re.compile(r"(?P<name>[a-z]{1,12})(?P<sign>\+\+|#)|\.(?P<dotted>[a-z][a-z0-9]*)")
_SIGN_NAMES = {"++": "plusplus", "#": "sharp"}
_DIGITS = re.compile(r"\d+|\D+")
_AROUND = "\"'“”‘’«»()[]{}<>,;:!?…*_~`|"


class _Separators(dict[int, str | int]):
    """For ``str.translate``: letters, digits, marks and symbols stay, everything else is a space."""

    def __missing__(self, code: int) -> str | int:
        category = unicodedata.category(chr(code))
        self[code] = code if category[0] in "LNM" or category == "So" else " "
        return self[code]


_SEPARATORS = _Separators()


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of a text: ``words`` in its order, ``extras`` that also find it, ``stems`` of its words."""

    words: list[str]
    extras: list[str]
    stems: list[str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces.

    ``signed`` is the term of a name with signs ("cplusplus"), ``joined`` all pieces in one ("email"); "" when there is
    none.
    """

    signed: str
    pieces: tuple[str, ...]
    joined: str


def terms_of(texts: Iterable[str], language: str) -> Terms:
    """The terms by which a page with these texts is found."""
    raws = [*islice(chain.from_iterable(map(str.split, texts)), MAX_WORDS)]
    pieces = {raw: words_of(raw) for raw in dict.fromkeys(raws)}
    words = [*islice(chain.from_iterable(map(pieces.__getitem__, raws)), MAX_WORDS)]
    extras = dict.fromkeys(chain.from_iterable(map(extras_of, pieces)))
    stems = dict.fromkeys(stem_of(word, language) for word in dict.fromkeys(words))
    stems.pop("", None)
    return Terms(words, list(extras), list(stems))


@lru_cache(maxsize=20_000)
def words_of(raw: str) -> tuple[str, ...]:
    return tuple(gram for piece in chunk_of(raw).pieces for gram in grams(piece))


@lru_cache(maxsize=20_000)
def extras_of(raw: str) -> tuple[str, ...]:
    chunk = chunk_of(raw)
    parts = [part for piece in chunk.pieces for part in parts_of(piece)]
    return tuple(term for term in (*parts, chunk.signed, chunk.joined) if term)


@lru_cache(maxsize=20_000)
def chunk_of(raw: str) -> Chunk:
    folded = fold(raw)
    bare = folded.lstrip(_AROUND).rstrip(_AROUND + ".")
    signs = _SIGNS.fullmatch(bare)
    signed = ""
    if signs:
        signed = f"dot{signs['dotted']}" if signs["dotted"] else f"{signs['name']}{_SIGN_NAMES[signs['sign']]}"
    pieces = tuple(piece[:MAX_TERM] for piece in folded.translate(_SEPARATORS).split())
    joined = "".join(pieces) if len(pieces) > 1 else ""
    return Chunk(signed[:MAX_TERM], pieces, joined if len(joined) <= MAX_TERM else "")


def fold(text: str) -> str:
    """``text`` without case and accents: "Zürich STRAßE" is "zurich strasse"."""
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", bare).translate(_LOOKALIKES)


def grams(piece: str) -> list[str]:
    """The piece as one word; in scripts without spaces every two neighbouring characters, or the only one."""
    if not _UNSPACED.search(piece):
        return [piece]
    result: list[str] = []
    for run in filter(None, _RUNS.split(piece)):
        if _UNSPACED.match(run) and len(run) > 1:
            result += [run[place : place + 2] for place in range(len(run) - 1)]
        else:
            result.append(run)
    return result


def parts_of(piece: str) -> list[str]:
    """Parts that are asked for by themselves: the letters and the number of "v12", each character of "東京"."""
    result = [char for run in _UNSPACED.findall(piece) for char in run]
    split = _DIGITS.findall(piece)
    return result + (split if len(split) > 1 else [])


@lru_cache(maxsize=50_000)
def stem_of(word: str, language: str) -> str:
    """The stem of a word of a language that Snowball knows, "" otherwise (https://snowballstem.org/)."""
    name = LANGUAGES.get(language.split("-")[0].lower())
    if name is None or len(word) < 4 or not word.isalpha():
        return ""
    return fold(_stemmer(name).stemWord(word))


@lru_cache(maxsize=8)
def _stemmer(name: str) -> Any:
    import snowballstemmer  # forty modules that only search and publication need

    return snowballstemmer.stemmer(name)


LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
