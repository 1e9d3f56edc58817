"""Block type: the interface of a block beyond Wagtail's own, for import, export, search and checks.

A type is one module: a class with its fields, preview and template (`Meta`), and the methods below. `missing_parts`
lists what a class lacks; the registry test calls it for every type of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portfolio.blocks.node_conversion import Conversion, NodeContext
from portfolio.documents.document import SourceNode
from portfolio.markdown.nodes import NodeKind

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter


class TextFormat(StrEnum):
    """Format of the text in a block's fields, for checks that search for links and for remains of an old site."""

    RICH_TEXT = "rich text"  # and plain text
    LITERAL = "literal"  # program text or a formula, in which any character is allowed
    MARKDOWN = "markdown"
    HTML = "html"


class BlockType:
    """Mixin of the classes in `BodyBlocks`. A stored value is that of StreamField's raw data."""

    if TYPE_CHECKING:
        name: str
        label: str
        meta: Any

    text_format: ClassVar[TextFormat]
    node_kinds: ClassVar[tuple[NodeKind, ...]]
    """The kinds of nodes that can become such a block; empty if an import never makes one."""
    needs_mark: ClassVar[bool] = False
    """Whether only nodes with a mark, such as a class, become such a block; these types are tried first."""
    literal_field: ClassVar[str | None] = None
    """The field whose text is in the Markdown source character by character."""
    reading_fields: ClassVar[tuple[str, ...]] = ()
    """Fields with settings for reading the source, which the source itself does not contain."""
    default_values: ClassVar[Mapping[str, Any]] = {}
    """Values of fields that are equivalent to no value."""
    is_exact_in_markdown: ClassVar[bool] = True
    """Whether the import reads the same value back from the Markdown, and not only one with the same words."""
    placeholders: ClassVar[Mapping[str, str]] = {}
    """What an empty field of the form says, by the path of the field: "caption", "image.alt_text", "" for the block."""
    ends_excerpt: ClassVar[bool] = False
    """Whether the excerpt of a body ends before such a block."""

    def shown_texts(self, value: Any) -> Iterator[str]:
        """Yield the visible texts of a stored value as HTML, in the order in which they are shown."""
        raise NotImplementedError

    def to_markdown(self, value: Any, writer: MarkdownWriter) -> str:
        """Return Markdown in the strict form: kramdown that the import reads as this block."""
        raise NotImplementedError

    def to_readable_markdown(self, value: Any, writer: MarkdownWriter) -> str:
        """Return Markdown for people and programs, without marks that only the import understands."""
        return self.to_markdown(value, writer)

    def has_markdown_form(self, value: Any, writer: MarkdownWriter) -> bool:
        """Whether the strict form contains all of a stored value, so that it can be edited as Markdown."""
        raise NotImplementedError

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        """Return the value of the block for a node of one of the ``node_kinds``; None if it is for another type."""
        raise NotImplementedError

    def with_prose(self, value: Any, html: str) -> Any | None:
        """Return ``value`` with rich text that follows it in the source; None if that is a block of its own."""
        return None

    def shown_classes(self, classes: frozenset[str]) -> frozenset[str]:
        """Return those of a node's ``classes`` whose meaning the block itself expresses."""
        return frozenset()

    @property
    def is_verbatim(self) -> bool:
        """Whether the block holds Markdown or HTML as written."""
        return self.text_format in (TextFormat.MARKDOWN, TextFormat.HTML)

    def excerpt_html(self, values: Sequence[Any], index: int) -> str:
        """Return HTML with the paragraphs for an excerpt; ``values`` are those of all blocks of this type."""
        return ""

    def rich_text_outside_page(self, value: Any) -> str | None:
        """Return rich text for a value outside of a page, as in a feed; None to render the block itself."""
        return None

    # Shortcuts: the results of Wagtail's methods from the stored value, without making a value with fields, since a
    # site has tens of thousands of blocks. The results must be equal to Wagtail's.

    def stored_is_valid(self, value: Any) -> bool:
        """Return True only for a stored value that `clean` accepts; on False, call `clean`."""
        return False

    def stored_search_text(self, value: Any) -> list[str] | None:
        """Return the result of `get_searchable_content` for a stored value; on None, call that."""
        return None

    def stored_rich_text(self, value: Any) -> tuple[str, ...] | None:
        """Return all rich text of a stored value, which has its only references; on None, ask Wagtail."""
        return None

    def stored_words(self, value: Any) -> list[str] | None:
        """Return the words of a stored value if they are exactly those of its source; None if unknown."""
        return None


REQUIRED_ATTRIBUTES = ("text_format", "node_kinds")
REQUIRED_METHODS = ("shown_texts", "to_markdown", "has_markdown_form")


def missing_parts(block: Any) -> list[str]:
    """Return what the class of ``block`` lacks to be a complete block type."""
    if not isinstance(block, BlockType):
        return ["the base class BlockType"]
    missing = [f"the method {name}" for name in REQUIRED_METHODS if not overrides(block, name)]
    missing += [f"the attribute {name}" for name in REQUIRED_ATTRIBUTES if not hasattr(block, name)]
    if getattr(block, "node_kinds", ()) and not overrides(block, "from_node"):
        missing.append("the method from_node")
    missing += [f"Meta.{name}" for name in ("description", "group") if not getattr(block.meta, name, "")]
    if block.meta.icon == "placeholder":
        missing.append("Meta.icon")
    if not hasattr(block.meta, "preview_value"):
        missing.append("Meta.preview_value")
    template = f"blocks/{block.name}.html"
    if getattr(block.meta, "template", None) != template:
        missing.append(f'Meta.template = "{template}"')
    elif not template_exists(template):
        missing.append(f"the file templates/{template}")
    return missing


def overrides(block: BlockType, name: str) -> bool:
    return getattr(type(block), name) is not getattr(BlockType, name)


def template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def plain_text_html(*texts: str | None) -> Iterator[str]:
    """Yield stored plain texts as HTML."""
    return (escape(text, quote=False) for text in texts if text)


def fits_text_field(text: str, max_length: int | None = None, *, required: bool = False) -> bool:
    """Whether a form field for text accepts ``text``; white space at the ends, which it strips, is not checked."""
    is_short = max_length is None or len(text) <= max_length
    return "\0" not in text and is_short and (not required or bool(text.strip()))
