"""Proposals from the text of a page: a summary, and the existing tags and skills that it names."""

from __future__ import annotations

import re
from html import escape

from wagtail.models import Page

from portfolio.blocks.body.citations import citations_as_text
from portfolio.blocks.body.excerpt import excerpt_of
from portfolio.blocks.stored_values import searched_in
from portfolio.markdown.text import visible_text

SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=\S)")
LONGEST_SUMMARY = 240  # characters
MOST_TERMS = 12
MOST_NAMES = 5000  # of a taxonomy that are looked for
MOST_TEXT = 200_000  # characters


def proposed_summary(page: Page) -> str:
    """The first sentences of the text as rich text, as many as a list shows well; "" without any."""
    body = getattr(page, "body", None)
    text = visible_text(citations_as_text(excerpt_of(body))) if body is not None else ""
    summary = ""
    for sentence in SENTENCE.split(" ".join(text.split())):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > LONGEST_SUMMARY:
            break
        summary = longer
    return f"<p>{escape(summary, quote=False)}</p>" if summary else ""


def terms_in_text(page: Page, name: str) -> list[str]:
    """Names of existing terms of the field ``name`` that the text contains and the page does not have."""
    model = getattr(page, name).through.tag_model()
    own = {str(term).casefold() for term in getattr(page, name).all()}
    text = text_of(page)
    words = set(re.findall(r"[^\s,;:()]+", text))
    found = []
    for term in model._default_manager.order_by("name")[:MOST_NAMES]:
        spellings = [term.name, *(term.alias_list() if hasattr(term, "alias_list") else ())]
        if term.name.casefold() not in own and any(
            is_named(spelling.casefold(), text, words) for spelling in spellings
        ):
            found.append(term.name)
    return found[:MOST_TERMS]


def text_of(page: Page) -> str:
    body = getattr(page, "body", None)
    parts = [page.title, getattr(page, "summary", ""), *(searched_in(body) if body is not None else ())]
    return visible_text(" ".join(parts))[:MOST_TEXT].casefold()


def is_named(name: str, text: str, words: set[str]) -> bool:
    """Whether ``name`` stands in the text as a word or as words of its own."""
    if name in words:
        return True
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
