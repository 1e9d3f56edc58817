"""The block rules, in the order in which they are tried."""

from __future__ import annotations

from functools import lru_cache

from markdown_it.ruler import Ruler

from portfolio.markdown.kramdown.block_state import WORDS, BlockRule
from portfolio.markdown.kramdown.blocks import (
    abbreviation,
    blank,
    code,
    definition_list,
    extension,
    fence,
    footnote,
    heading,
    html,
    items,
    maths,
    paragraph,
    quote,
    reference,
    rule,
    table,
)

# All other blocks begin with a mark, a number or white space, and need not be tried where a line begins with a letter.
MAY_BEGIN_WITH_WORDS = frozenset({"setext_heading", "table", "paragraph"})


@lru_cache(maxsize=4)
def block_rules() -> Ruler[BlockRule]:
    """Return the chain; the order is kramdown's and carries meaning."""
    rules: Ruler[BlockRule] = Ruler()
    for name, function in (
        ("blank", blank.blank_lines),
        ("code", code.indented_code),
        ("fence", fence.fenced_code),
        ("quote", quote.block_quote),
        ("atx_heading", heading.atx_heading),
        ("rule", rule.thematic_break),
        ("list", items.bullet_or_numbered_list),
        ("definition_list", definition_list.definition_list),
        ("html", html.html_block),
        ("setext_heading", heading.setext_heading),
        ("maths", maths.display_maths),
        ("table", table.table),
        ("footnote", footnote.footnote_definition),
        ("reference", reference.link_definition),
        ("abbreviation", abbreviation.abbreviation_definition),
        ("extension", extension.block_extension),
        ("end_of_block", blank.end_of_block),
        ("paragraph", paragraph.paragraph),
    ):
        rules.push(name, function, {"alt": [WORDS]} if name in MAY_BEGIN_WITH_WORDS else None)
    return rules
