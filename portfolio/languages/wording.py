"""Wording that several pages share: lists in a sentence, ranges of dates and years, numbers, and cut texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, get_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

# Scripts that put no space between words: the letters of one word count as so many.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
DENSE_LETTERS_OF_A_WORD = 3
# The day at the beginning of a date's format, with what belongs to it: "j. F Y".
DAY_FIRST = re.compile(r"[jd]\.?(?=[^a-zA-Z.\\]|\\)")


def and_list(items: Sequence[str]) -> SafeString:
    """The items as in a sentence: "a, b and c"; HTML in them stays HTML only if it is marked as safe."""
    texts = [conditional_escape(item) for item in items]
    if len(texts) < 2:
        return SafeString("".join(texts))
    # Translators: between two items of a list in a sentence. The last one is joined by "and".
    separator = pgettext("list", ", ")
    # Translators: a list in a sentence; %(first)s may hold several items.
    return format_html(
        gettext("{first} and {last}"), first=SafeString(separator.join(texts[:-1])), last=SafeString(texts[-1])
    )


def date_range(first: date, last: date) -> str:
    """ "6 May 2024", "6 – 8 May 2024", "30 May – 2 June 2024"."""
    end = date_format(last, "DATE_FORMAT")
    if first >= last:
        return date_format(first, "DATE_FORMAT")
    day = DAY_FIRST.match(get_format("DATE_FORMAT"))
    if day is None or first.year != last.year:
        begin = date_format(first, "DATE_FORMAT")
    elif first.month != last.month:
        begin = date_format(first, "MONTH_DAY_FORMAT")
    else:
        begin = date_format(first, day[0])
    return f"{begin} – {end}"


def year_range(first: int, last: int | None) -> str:
    """ "2015", "2015 to 2019", or without a last one "2015 to now"."""
    if last is None:
        return gettext("%(first)s to now") % {"first": first}
    return str(first) if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def grouped(number: int) -> str:
    """A number with the language's separators of thousands."""
    return str(number_format(number, use_l10n=True, force_grouping=True))


def shortened(text: str, words: int) -> str:
    """The first ``words`` words; of a text without spaces as many letters as they would have."""
    short = Truncator(text).words(words, truncate=" …")
    if len(DENSE.findall(short)) > words * DENSE_LETTERS_OF_A_WORD:
        short = Truncator(short.removesuffix(" …")).chars(words * DENSE_LETTERS_OF_A_WORD, truncate="…")
    return short
