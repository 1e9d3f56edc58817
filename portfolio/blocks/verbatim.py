"""Markdown and HTML blocks: kept as written, sanitised whenever they are shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, StructValue

from portfolio.blocks.block_type import BlockType, TextFormat
from portfolio.blocks.body.references import resolve
from portfolio.blocks.markup_cache import MarkedBlock, ResultCache, as_written, made_of
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue, References
from portfolio.blocks.source_text import SourceTextBlock
from portfolio.blocks.third_party import mark_third_party, show_frames
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents.document import SourceNode
from portfolio.markdown import markup_source
from portfolio.markdown.active_content import escape_markdown, html_may_run, markdown_may_run
from portfolio.markdown.fragments import Fragments, Heading
from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.markup_worker import RenderedMarkup
from portfolio.markdown.nodes import Flavour, NodeKind
from portfolio.markdown.notes import join_notes
from portfolio.markdown.options import Options
from portfolio.markdown.text import elements, visible_text

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

# Markdown without a bracket has no references, so it means the same alone as with the rest of its body.
REFERENCE = "["
MARKS = ("data-lexer", "data-math")
SHORT = 50_000  # characters of HTML that are sanitised without a worker

_sanitised = ResultCache()


def shown(html: str, base: str = "/", *, keep: bool = True) -> SafeString:
    """Return HTML of unknown origin, sanitised and with its URLs resolved relative to ``base``.

    Markup that is added after the sanitiser is our own: links and images with resolved targets, frames, ids of
    footnotes. Code and formulas are still marked (`markup_cache.show`). ``keep`` is that of `markup_cache.results`.
    """
    safe = sanitised(mark_third_party(html, base or "/"), keep=keep)
    # A wide table scrolls, which the keyboard must reach. In values the sanitiser writes "&lt;".
    safe = safe.replace("<table", '<table tabindex="0"')
    ours = join_notes(show_frames(resolve(safe, base or "/")))
    return mark_safe(ours)  # noqa: S308 - sanitised first


def sanitised(html: str, *, keep: bool) -> str:
    """Return ``html`` sanitised. The same HTML is sanitised once, since a page may show a part of it twice."""
    if len(html) <= SHORT:
        key = sha256(html.encode("utf-8", "surrogatepass")).hexdigest()
        known = _sanitised.get(key)
        if known is None:
            known = RenderedMarkup(sanitise(html))
            _sanitised.add(key, known)
        return known.html
    result = made_of(markup_source.unsafe_html(html), keep=keep)
    return as_written(html) if result.stopped else result.html


def render_markdown(
    values: Sequence[StructValue], headings: Sequence[Heading] = (), *, keep: bool = True
) -> tuple[tuple[SafeString, ...], SafeString]:
    """Render the ``markdown`` blocks of one body as parts of one document.

    Parts with the same options share the definitions of links, footnotes and abbreviations. ``headings`` are those of
    heading blocks, for a table of contents. Returns the HTML of each value and of the footnotes ("" if none). Markdown
    that exceeds the limits is shown as written.
    """
    rendered: dict[int, SafeString] = {}
    footnotes = ""
    for indices, source in markdown_sources(values, headings):
        fragments = fragments_of(source, [values[index].get("source", "") for index in indices], keep=keep)
        for index, html in zip(indices, fragments.html, strict=True):
            rendered[index] = shown(html, values[index].get("base", ""), keep=keep)
        footnotes += fragments.footnotes
    base = next((value["base"] for value in values if value.get("base")), "")
    notes = shown(footnotes, base, keep=keep) if footnotes else SafeString()
    return tuple(rendered[index] for index in range(len(values))), notes


def markdown_sources(
    values: Sequence[StructValue], headings: Sequence[Heading] = ()
) -> Iterator[tuple[list[int], markup_source.MarkupSource]]:
    """Yield the indices of the values with the same options, and the markup source of these values."""
    rules = [rules_of(value) for value in values]
    for options in dict.fromkeys(rules):
        indices = [index for index, own in enumerate(rules) if own == options]
        own = [
            replace(heading, fragments_before=bisect_left(indices, heading.fragments_before)) for heading in headings
        ]
        yield indices, markup_source.markdown([values[index].get("source", "") for index in indices], options, own)


def fragments_of(source: markup_source.MarkupSource, texts: Sequence[str], *, keep: bool) -> Fragments:
    result = made_of(source, keep=keep)
    return Fragments(tuple(map(as_written, texts)), "") if result.stopped else markup_source.fragments_of(result.html)


def rules_of(value: StructValue) -> Options:
    """Return the Markdown options of a block."""
    try:
        flavour = Flavour(value.get("flavour") or Flavour.KRAMDOWN)
    except ValueError:  # stored by another release
        flavour = Flavour.KRAMDOWN
    return Options(flavour=flavour).with_settings(value.get("settings") or "")


class OldAddressBlock(CharBlock):
    """The URL of the text on its old site, which is the base of its relative links and images."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=2000,
            search_index=False,
            label="Old address",
            help_text="Where this text stood before it was imported. Its links and pictures are looked up from there.",
            **kwargs,
        )


class MarkdownBlock(BlockType, MarkedBlock, KeptFieldsBlock):
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
        """Return the source: it contains all words, and rendering for the index would double the time of an import."""
        return [value.get("source", "")]

    text_format = TextFormat.MARKDOWN
    node_kinds = ()
    placeholders = {"source": "Write Markdown"}
    literal_field = "source"
    reading_fields = ("flavour", "base", "settings")
    default_values = {"flavour": Flavour.KRAMDOWN.value}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        (html,), footnotes = render_markdown([dict(value)])
        yield html
        yield footnotes

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return writer.kept(unix_lines(value["source"]))

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        """Return the source, or the sanitised HTML if anything in the source would run."""
        source = unix_lines(value.get("source"))
        return escape_markdown("".join(self.shown_texts(value))) if markdown_may_run(source) else source

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def excerpt_html(self, values: Sequence[Mapping[str, Any]], index: int) -> str:
        if REFERENCE not in (values[index].get("source") or ""):
            return render_markdown([values[index]])[0][0]
        return render_markdown(values)[0][index]

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


class HtmlBlock(BlockType, MarkedBlock, KeptFieldsBlock):
    """HTML source; the template gets ``html``, sanitised."""

    source = SourceTextBlock(
        rows=10, label="HTML", help_text="Scripts, styles and frames are taken out when it is shown."
    )
    base = OldAddressBlock()

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        keep = context.get("markup_kept", True)
        context["html"] = shown(value.get("source", ""), value.get("base", ""), keep=keep)
        return context

    def get_searchable_content(self, value: StructValue) -> list[str]:
        return [visible_text(value.get("source", ""))]

    text_format = TextFormat.HTML
    node_kinds = (NodeKind.RAW_HTML,)
    placeholders = {"source": "Write HTML"}
    literal_field = "source"
    reading_fields = ("base",)
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield sanitise(value["source"])

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return writer.kept(unix_lines(value["source"]))

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        """Return the source, or the sanitised HTML if the sanitiser removes anything or the source would run."""
        source = unix_lines(value.get("source"))
        if len(source) <= SHORT and not html_may_run(source):
            return source
        return escape_markdown(str(shown(source, value.get("base") or "")))

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        # If the engine converted Markdown inside raw HTML, the HTML differs from the source: keep the Markdown.
        if "markdown=" in node.source or elements(node.html) != elements(node.source):
            return NoBlock.VERBATIM
        references = context.references
        if visible_text(node.html) != visible_text(node.source) or "media_subpath" in references.document.settings:
            return NoBlock.VERBATIM
        context.report_removals(node)
        if not sanitise(mark_third_party(node.html, references.home)).strip():
            return NoBlock.REFUSED
        references.import_files(node.html, node.line)
        return NodeValue({"source": node.source.strip("\n"), "base": references.home_of(node.html)})

    def markup_sources(self, value: Mapping[str, Any], html: str) -> Iterator[markup_source.MarkupSource]:
        has_marks = any(mark in value["source"] for mark in MARKS)
        return markup_source.marks_in(shown(value["source"], value["base"])) if has_marks else iter(())

    def excerpt_html(self, values: Sequence[Mapping[str, Any]], index: int) -> str:
        return sanitise(values[index].get("source") or "")

    class Meta:
        icon = "code"
        label = "HTML"
        group = "As written"
        template = "blocks/html.html"
        description = "HTML kept exactly as written, for what no other block can hold."
        label_format = "{source}"
        form_layout = BlockGroup(children=["source"], settings=["base"])
        preview_value = {"source": "<p>Press <kbd>Ctrl</kbd> + <kbd>C</kbd> to stop the pump.</p>"}


def markdown_of_node(node: SourceNode, references: References) -> dict[str, Any]:
    """Return the value of a ``markdown`` block that keeps a node as written."""
    return {
        "source": node.source.strip("\n"),
        "flavour": str(references.document.flavour or Flavour.KRAMDOWN),
        "base": references.home_of(node.html),
        "settings": references.document.settings,
    }


def html_of_node(node: SourceNode, references: References) -> dict[str, Any]:
    """Return the value of an ``html`` block with the HTML of a node that depends on its neighbours."""
    return {"source": node.html.strip("\n"), "base": references.home_of(node.html)}


def unix_lines(source: str | None) -> str:
    return (source or "").replace("\r\n", "\n").strip("\n")
