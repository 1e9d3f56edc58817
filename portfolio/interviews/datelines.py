"""Datelines: "Published on Tuesday, March 3rd, 2021", "12/06/2023", "2024年5月3日", and their possible dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portfolio.documents.written_dates import DAY, WrittenDate, parse_written_date, written_date

_MAX_LENGTH = 80  # characters
_UPDATE = (
    r"(?:last\s+)?(?:updated|modified|edited|revised)|actualizado|última\s+actualización|atualizado|aktualisiert|"
    r"zuletzt\s+(?:geändert|aktualisiert)|mis\s+à\s+jour|aggiornato|bijgewerkt|更新日?|最終更新"
)
_LABEL = re.compile(
    rf"(?:(?P<update>{_UPDATE})|(?:first\s+|originally\s+)?(?:published|posted|printed)|date|publicad[oa]|fecha|"
    r"veröffentlicht|erschienen|datum|publiée?|paru|pubblicato|gepubliceerd|published\s+online|stand|data|"
    r"公開日?|掲載日?|発行日?|发布(?:时间|日期)?|日期|投稿日)"
    r"(?:\s+(?:on|el|am|le|em|il|op|at))?\s*[:：]?\s*(?=[^\w\s]|\s|\d|(?<=[\s:：])[^\W\d_])",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:on|am|el|le|em|il|op|den)\s+(?=\S*\d)|(?:on|am|el|le|den)\s+(?=[^\W\d_])", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|lun|mié|jue|vie|sáb|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mer|jeu|ven|sam|dim|"
    r"(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|"
    r"sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
    r"(?:\.,?\s*|,\s*|\s+)(?:(?:den|dem|el|le|the)\s+)?",
    re.IGNORECASE,
)
# The time of day after the date, with its zone.
_CLOCK = re.compile(
    r"(?:T(?=\d\d:)|[\s,]*)(?:(?:at|um|à|a\s+las?|às|alle|om|[|·•–—-])\s*)?\d{1,2}\s*(?:[:.h]\s?\d{2}(?::\d{2})?|(?=\s*[ap]\.?m))"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:uhr|h|hrs?|horas)?\s*(?:\.\d+)?\s*(?:\(?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d|UTC[+-]\d{1,2})\)?)?$",
    re.IGNORECASE,
)
_CJK_DAY = re.compile(
    r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?(?:\s*[(（]?[月火水木金土日一二三四五六].{0,3}[)）]?)?"
)
_CJK_MONTH = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:号|號)?")
_NUMBERS = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{2,4})\.?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．－：", "0123456789/.-:")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A parsed dateline.

    ``readings`` are its possible dates, the likeliest first; empty without a day. ``certain`` is True if the form has
    only one reading, or one that is nearly always meant. ``updated`` is True for the date of a change instead of the
    publication.
    """

    readings: tuple[date, ...]
    certain: bool
    updated: bool = False

    @property
    def day(self) -> date | None:
        return self.readings[0] if self.readings else None


def read_dateline(text: str) -> Dateline | None:
    """Parse a dateline; return None for any other text.

    Numbers are read day first ("12/06/2023" is 12 June), as in most of the world, unless only the other order is
    valid; a two-digit year is in this century. If several orders are valid, all are readings.
    """
    text = text.strip().strip("()[]（）【】*_").translate(_FULL_WIDTH).strip()
    if not text or len(text) > _MAX_LENGTH or not any(character.isdigit() for character in text):
        return None
    label = _LABEL.match(text)
    updated = bool(label and label["update"])
    if label:
        text = text[label.end() :]
    text = _ON.sub("", text.strip(" ,"), count=1) if _ON.match(text.strip(" ,")) else text.strip(" ,")
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    dateline = _read(text) or _read(_CLOCK.sub("", text))
    return Dateline(dateline.readings, dateline.certain, updated) if dateline else None


def _read(text: str) -> Dateline | None:
    text = text.strip(" ,")
    if match := _CJK_DAY.fullmatch(text):
        return _from_written_date(written_date(int(match[1]), int(match[2]), int(match[3])))
    if match := _CJK_MONTH.fullmatch(text):
        return _from_written_date(written_date(int(match[1]), int(match[2])))
    if match := _NUMBERS.fullmatch(text):
        days = tuple(dict.fromkeys(_orders(match[1], match[3], match[4])))
        return Dateline(days, len(days) == 1 or (match[2] == "." and len(match[4]) == 4)) if days else None
    return _from_written_date(parse_written_date(text))


def _from_written_date(written: WrittenDate | None) -> Dateline | None:
    if written is None:
        return None
    day = written.precision == DAY
    return Dateline((written.first,) if day else (), certain=day)


def _orders(one: str, two: str, three: str) -> Iterator[date]:
    """Yield the possible dates of three numbers: year first; day, month, year; month, day, year; short year first."""
    orders = [(one, two, three)] if len(one) == 4 else [(three, two, one), (three, one, two)]
    if len(one) <= 2 and len(three) == 2:
        orders.append((one, two, three))
    if len(one) == 3 or len(three) == 3 or (len(one) == 4 and len(three) > 2):
        return
    for year, month, day in orders:
        full = int(year) + 2000 if len(year) <= 2 else int(year)
        if (written := written_date(full, int(month), int(day))) and written.precision == DAY:
            yield written.first
