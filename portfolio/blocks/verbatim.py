"""Markdown and HTML kept as they were written, made safe whenever they are shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, StructBlock, StructValue

from portfolio.blocks.elsewhere import mark_elsewhere, show_frames
from portfolio.blocks.references import resolve
from portfolio.blocks.source_text import SourceTextBlock
from portfolio.markdown.maths import show_formulas
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.notes import join_notes
from portfolio.markdown.options import Options
from portfolio.markdown.render import Heading, render_fragments
from portfolio.markdown.sanitise import sanitise
from portfolio.markdown.text import visible_text


def shown(html: str, base: str = "/") -> SafeString:
    """HTML of unknown origin as it may be shown: sanitised, its addresses read from ``base`` and resolved.

    What comes after the sanitiser is our own mark-up: links and images whose targets are known here, frames, formulas,
    names of notes.
    """
    safe = sanitise(mark_elsewhere(html, base or "/"))
    ours = join_notes(show_formulas(show_frames(resolve(safe, base or "/"))))
    return mark_safe(ours)  # noqa: S308 - sanitised first


def render_markdown(
    values: Sequence[StructValue], headings: Sequence[Heading] = ()
) -> tuple[tuple[SafeString, ...], SafeString]:
    """Render the ``markdown`` blocks of one body as the parts of one document.

    Links, footnotes and abbreviations defined in one part are seen by the others that are read by the same rules;
    ``headings`` are the page's native ones, for a table of contents. Returns one HTML per value and the list of
    footnotes ("" if none).
    """
    rendered: dict[int, SafeString] = {}
    footnotes = ""
    rules = [rules_of(value) for value in values]
    for options in dict.fromkeys(rules):
        places = [place for place, own in enumerate(rules) if own == options]
        sources = [values[place].get("source", "") for place in places]
        own = [replace(heading, fragments_before=bisect_left(places, heading.fragments_before)) for heading in headings]
        fragments = render_fragments(sources, options, own)
        for place, html in zip(places, fragments.html, strict=True):
            rendered[place] = shown(html, values[place].get("base", ""))
        footnotes += fragments.footnotes
    base = next((value["base"] for value in values if value.get("base")), "")
    return tuple(rendered[place] for place in range(len(values))), shown(footnotes, base) if footnotes else SafeString()


def rules_of(value: StructValue) -> Options:
    """How the Markdown of a block is to be read."""
    flavour = Flavour(value.get("flavour") or Flavour.KRAMDOWN)
    return Options(flavour=flavour).with_settings(value.get("settings") or "")


class OldAddressBlock(CharBlock):
    """Where the text stood on the site it came from; its relative links and images are read from there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=2000,
            search_index=False,
            label="Old address",
            help_text="Where this text stood before it was imported. Its links and pictures are looked up from there.",
            **kwargs,
        )


class MarkdownBlock(StructBlock):
    """Markdown source; the template gets ``html``, and ``footnotes`` when it is shown outside a body."""

    source = SourceTextBlock(rows=10, label="Markdown")
    flavour = ChoiceBlock(
        choices=[(Flavour.KRAMDOWN.value, "kramdown (Jekyll)"), (Flavour.GOLDMARK.value, "Goldmark (Hugo)")],
        default=Flavour.KRAMDOWN.value,
        help_text="Whose rules to follow. They differ in small things, such as notes and attributes.",
    )
    base = OldAddressBlock()
    settings = CharBlock(
        required=False,
        max_length=2000,
        search_index=False,
        label="Old settings",
        help_text="How the site it came from read Markdown, where that was not the usual way. Filled by the import.",
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["html"], context["footnotes"] = context.get("markdown_html"), ""
        if context["html"] is None:
            (context["html"],), context["footnotes"] = render_markdown([value])
        return context

    def get_searchable_content(self, value: StructValue) -> list[str]:
        """The source: a reader's words are in it, and rendering a body to index it would double an import's time."""
        return [value.get("source", "")]

    class Meta:
        icon = "keyboard"
        label = "Markdown"
        group = "As written"
        template = "blocks/markdown.html"
        description = "Markdown kept exactly as written, for what no other block can hold."
        label_format = "{source}"
        form_layout = BlockGroup(children=["source"], settings=["flavour", "base", "settings"])
        preview_value = {
            "source": "Term\n: A definition list, with a note.[^1]\n\n[^1]: Notes stand at the end of the page.",
            "flavour": Flavour.KRAMDOWN.value,
        }


class HtmlBlock(StructBlock):
    """HTML source; the template gets ``html``, sanitised."""

    source = SourceTextBlock(
        rows=10, label="HTML", help_text="Scripts, styles and frames are taken out when it is shown."
    )
    base = OldAddressBlock()

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["html"] = shown(value.get("source", ""), value.get("base", ""))
        return context

    def get_searchable_content(self, value: StructValue) -> list[str]:
        return [visible_text(value.get("source", ""))]

    class Meta:
        icon = "code"
        label = "HTML"
        group = "As written"
        template = "blocks/html.html"
        description = "HTML kept exactly as written, for what no other block can hold."
        label_format = "{source}"
        form_layout = BlockGroup(children=["source"], settings=["base"])
        preview_value = {"source": "<p>Press <kbd>Ctrl</kbd> + <kbd>C</kbd> to stop the pump.</p>"}
