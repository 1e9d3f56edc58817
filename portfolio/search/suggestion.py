"""Spelling suggestion for a query that finds nothing: its words replaced by similar words of titles and terms.

Only the titles of public pages and the names of terms in use are known here, so no suggestion tells a word of a draft.
They are the same words on every database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from wagtail.models import Page

from portfolio.content.registry import taxonomies
from portfolio.content.terms import used_terms
from portfolio.models.site_state import cached_for_version
from portfolio.models.visibility import listed
from portfolio.search.terms import fold, words_of

MAX_WORDS = 8  # of a query
MAX_TITLES = 20_000  # the pages made last
MAX_TERMS = 2000  # of each taxonomy
COMPARED = 20  # words with the most bigrams in common
MIN_LENGTH = 4  # below, nearly every word is similar to some other
MIN_SIMILARITY = 0.75


@dataclass(frozen=True, slots=True)
class KnownWords:
    """``words`` as they were written by their folded form, and the folded forms that have a bigram."""

    words: dict[str, str]
    by_bigram: dict[str, list[str]]

    def similar(self, word: str) -> str:
        """The most similar word as it was written, "" if none is similar enough."""
        shared = Counter(known for bigram in bigrams(word) for known in self.by_bigram.get(bigram, ()))
        # Long words have more bigrams: of those with as many in common the shortest are compared.
        nearest = sorted(shared, key=lambda known: (-shared[known], abs(len(known) - len(word)), known))[:COMPARED]
        scores = {known: SequenceMatcher(None, word, known, autojunk=False).ratio() for known in nearest}
        best = max(nearest, key=lambda known: scores[known], default="")
        return self.words[best] if best and scores[best] >= MIN_SIMILARITY else ""


def suggest(query: str) -> str:
    """``query`` with the words that are in no title replaced by similar ones; "" when none could be replaced.

    Whether the suggestion finds anything is for the caller to try.
    """
    words = query.split()
    if len(words) > MAX_WORDS:
        return ""
    known_words = cached_for_version("known words", read_known_words)
    replaced = [replacement(word, known_words) or word for word in words]
    return " ".join(replaced) if replaced != words else ""


def replacement(word: str, known_words: KnownWords) -> str:
    folded = words_of(word)
    if len(folded) != 1 or len(folded[0]) < MIN_LENGTH or folded[0] in known_words.words:
        return ""
    return known_words.similar(folded[0])


def read_known_words() -> KnownWords:
    pages = listed(Page.objects.live().filter(depth__gt=1, alias_of=None), "search").order_by("-pk")
    titles = pages.values_list("title", flat=True)[:MAX_TITLES]
    terms = (term.name for taxonomy in taxonomies() for term in used_terms(taxonomy, MAX_TERMS))
    return known_words_of([*titles, *terms])


def known_words_of(texts: Iterable[str]) -> KnownWords:
    words: dict[str, str] = {}
    for text in texts:
        for raw in text.split():
            folded = words_of(raw)
            if len(folded) == 1 and len(folded[0]) >= MIN_LENGTH:
                # As it was written, if there are no signs around it.
                words.setdefault(folded[0], raw if fold(raw) == folded[0] else folded[0])
    by_bigram: dict[str, list[str]] = {}
    for word in words:
        for bigram in bigrams(word):
            by_bigram.setdefault(bigram, []).append(word)
    return KnownWords(words, by_bigram)


def bigrams(word: str) -> set[str]:
    """Every two neighbouring characters, and the first and the last with a space."""
    padded = f" {word} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}
