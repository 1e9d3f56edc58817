"""HTML writer of the tree, in the layout of kramdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from portfolio.markdown.kramdown.code_writer import code_block, code_span
from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.escaping import escaped, escaped_text, written_attributes
from portfolio.markdown.kramdown.footnotes import FootnoteList
from portfolio.markdown.kramdown.heading_ids import HeadingIds
from portfolio.markdown.kramdown.syntax import BODILESS_ELEMENTS
from portfolio.markdown.kramdown.toc import TocEntry
from portfolio.markdown.kramdown.tree import Element
from portfolio.markdown.maths import marked_tex

TOC_PLACE = "\ufdd0toc\ufdd1"
FOOTNOTES_PLACE = "\ufdd0footnotes\ufdd1"


class Writer:
    """Writes the parts of one document in order: footnotes are numbered and headings listed as they come."""

    def __init__(self, definitions: Definitions, ids: HeadingIds) -> None:
        self.definitions = definitions
        self.options = definitions.options
        self.ids = ids
        self.toc: list[TocEntry] = []
        self.toc_list: Element | None = None
        self.colours_listings = True
        self.has_footnotes_place = False
        self.footnotes = FootnoteList(self.options.footnote_start)
        self._parents: list[Element] = []
        self._writers: dict[str, Callable[[Element, int], str]] = {
            name.removeprefix("_write_"): getattr(self, name) for name in dir(self) if name.startswith("_write_")
        }

    def write(self, element: Element, indent: int = 0) -> str:
        """Return the HTML of ``element``, block elements indented by ``indent`` spaces."""
        return self._writers[element.kind](element, indent)

    def inner(self, element: Element, indent: int) -> str:
        self._parents.append(element)
        try:
            return "".join(self.write(child, indent + 2) for child in element.children)
        finally:
            self._parents.pop()

    # Blocks

    def _block(self, name: str, attributes: dict[str, str], body: str, indent: int) -> str:
        return f"{' ' * indent}<{name}{written_attributes(attributes)}>{body}</{name}>\n"

    def _spread(self, name: str, attributes: dict[str, str], body: str, indent: int) -> str:
        margin = " " * indent
        return f"{margin}<{name}{written_attributes(attributes)}>\n{body}{margin}</{name}>\n"

    def _write_root(self, element: Element, indent: int) -> str:
        return self.inner(element, -2)

    def _write_blank(self, element: Element, indent: int) -> str:
        return "" if element.meta.get("repeated") else "\n"

    def _write_eob(self, element: Element, indent: int) -> str:
        return ""

    def _write_loose(self, element: Element, indent: int) -> str:
        return self.inner(element, indent)

    def _write_p(self, element: Element, indent: int) -> str:
        if element.transparent:
            return self.inner(element, indent)
        if figure := _standalone_image(element):
            return self._figure(element, figure, indent)
        return self._block("p", element.attributes, self.inner(element, indent), indent)

    def _figure(self, paragraph: Element, image: Element, indent: int) -> str:
        attributes, of_image = dict(paragraph.attributes), dict(image.attributes)
        for name in ("class", "id"):
            if name in of_image and name not in attributes:
                attributes[name] = of_image.pop(name)
        margin = " " * (indent + 2)
        caption = f"{margin}<figcaption>{of_image.get('alt', '')}</figcaption>\n"
        return self._spread("figure", attributes, f"{margin}<img{written_attributes(of_image)} />\n{caption}", indent)

    def _write_header(self, element: Element, indent: int) -> str:
        attributes = dict(element.attributes)
        if self.options.auto_ids and "id" not in attributes:
            attributes["id"] = self.ids.classic(element.meta["raw_text"], self.options.auto_id_prefix)
        level = element.meta["level"]
        listed = level in self.options.toc_levels and not re.search(r"\bno_toc\b", attributes.get("class", ""))
        if listed and "id" in attributes:
            self.toc.append(TocEntry(level, attributes["id"], element.children))
        shown = max(1, min(6, level + self.options.header_offset))
        return self._block(f"h{shown}", attributes, self.inner(element, indent), indent)

    def _write_blockquote(self, element: Element, indent: int) -> str:
        return self._spread("blockquote", element.attributes, self.inner(element, indent), indent)

    def _write_hr(self, element: Element, indent: int) -> str:
        return f"{' ' * indent}<hr{written_attributes(element.attributes)} />\n"

    def _write_codeblock(self, element: Element, indent: int) -> str:
        return code_block(element, indent, highlighted=self.options.syntax_highlight, coloured=self.colours_listings)

    def _list(self, element: Element, indent: int) -> str:
        references = element.listed.references if element.listed else []
        if self.toc_list is None and "toc" in references:
            self.toc_list = element
            return TOC_PLACE
        if not self.has_footnotes_place and "footnotes" in references:
            self.has_footnotes_place = True
            return FOOTNOTES_PLACE
        return self._spread(element.kind, element.attributes, self.inner(element, indent), indent)

    _write_ul = _write_ol = _list

    def _write_dl(self, element: Element, indent: int) -> str:
        return self._spread("dl", element.attributes, self.inner(element, indent), indent)

    def _item(self, element: Element, indent: int) -> str:
        margin = " " * indent
        body = self.inner(element, indent)
        opening = f"{margin}<{element.kind}{written_attributes(element.attributes)}>"
        first = element.children[0] if element.children else None
        if first is None or (first.kind == "p" and first.transparent):
            return f"{opening}{body}{margin if body.endswith(chr(10)) else ''}</{element.kind}>\n"
        return f"{opening}\n{body}{margin}</{element.kind}>\n"

    _write_li = _write_dd = _item

    def _write_dt(self, element: Element, indent: int) -> str:
        attributes = dict(element.attributes)
        listed = self._parents[-1].listed if self._parents else None
        for reference in listed.references if listed and "id" not in attributes else ():
            if match := re.match(r"auto_ids(?:-([\w-]+))?", reference):
                attributes["id"] = (match[1] or "") + HeadingIds().classic(element.meta["raw_text"])
                break
        return self._block("dt", attributes, self.inner(element, indent), indent)

    def _write_math(self, element: Element, indent: int) -> str:
        display = bool(element.meta.get("display"))
        if self.options.marked_maths:
            formula = marked_tex(element.text, display=display) + ("\n" if display else "")
        elif display:
            formula = f"\\[{escaped(element.text)}\\]\n"
        else:
            formula = f"\\({escaped(element.text)}\\)"
        if not element.attributes:
            return formula
        if display:
            return self._block("div", element.attributes, formula, indent)
        shown = formula if self.options.marked_maths else f"${element.text}$"
        return f"<span{written_attributes(element.attributes)}>{shown}</span>"

    def _part(self, element: Element, indent: int) -> str:
        return self._spread(element.kind, element.attributes, self.inner(element, indent), indent)

    _write_table = _write_thead = _write_tbody = _write_tfoot = _write_tr = _part

    def _write_td(self, element: Element, indent: int) -> str:
        body = self.inner(element, indent)
        part = self._parents[-2]
        attributes = dict(element.attributes)
        if align := element.meta.get("align"):
            style = f"{attributes['style']}; " if "style" in attributes else ""
            attributes["style"] = f"{style}text-align: {align}"
        return self._block("th" if part.kind == "thead" else "td", attributes, body or "\u00a0", indent)

    # HTML, comments and what is passed on as it is

    def _inside_raw(self) -> bool:
        parent = self._parents[-1] if self._parents else None
        return parent is not None and parent.kind == "html_element" and parent.meta.get("model") == "raw"

    def _write_html_element(self, element: Element, indent: int) -> str:
        body = self.inner(element, indent)
        name = element.text
        opening = f"<{name}{written_attributes(element.attributes)}"
        if not element.meta.get("block"):
            return f"{opening} />" if not body and name in BODILESS_ELEMENTS else f"{opening}>{body}</{name}>"
        margin = "" if self._inside_raw() else " " * indent
        model = element.meta["model"]
        if element.meta["closed"] and model == "raw":
            written = f"{opening} />"
        elif body and model != "block":
            written = f"{opening}>{body}</{name}>"
        elif body:
            written = f"{opening}>\n{body.removesuffix(chr(10))}\n{' ' * indent}</{name}>"
        elif name in BODILESS_ELEMENTS:
            written = f"{opening} />"
        else:
            written = f"{opening}></{name}>"
        return f"{margin}{written}" + ("" if self._inside_raw() else "\n")

    def _write_xml_comment(self, element: Element, indent: int) -> str:
        if element.meta.get("block") and not self._inside_raw():
            return f"{' ' * indent}{element.text}\n"
        return element.text

    def _write_comment(self, element: Element, indent: int) -> str:
        if element.meta.get("block"):
            return f"{' ' * indent}<!-- {element.text} -->\n"
        return f"<!-- {element.text} -->"

    def _write_raw(self, element: Element, indent: int) -> str:
        types = element.meta.get("type") or ["html"]
        if "html" not in types:
            return ""
        return element.text + ("\n" if element.meta.get("block") else "")

    # Spans

    def _write_text(self, element: Element, indent: int) -> str:
        return escaped_text(element.text)

    def _write_raw_text(self, element: Element, indent: int) -> str:
        return escaped_text(element.text)

    def _marked(self, element: Element, indent: int) -> str:
        return f"<{element.kind}{written_attributes(element.attributes)}>{self.inner(element, indent)}</{element.kind}>"

    _write_em = _write_strong = _write_a = _marked

    def _write_img(self, element: Element, indent: int) -> str:
        return f"<img{written_attributes(element.attributes)} />"

    def _write_br(self, element: Element, indent: int) -> str:
        return "<br />"

    def _write_codespan(self, element: Element, indent: int) -> str:
        return code_span(element, highlighted=self.options.syntax_highlight)

    def _write_footnote(self, element: Element, indent: int) -> str:
        return self.footnotes.mark(element.text)

    def _write_entity(self, element: Element, indent: int) -> str:
        return element.meta["written"] if element.text in "<>&" else element.text

    def _write_smart_quote(self, element: Element, indent: int) -> str:
        return element.text

    _write_typographic_sym = _write_smart_quote

    def _write_abbreviation(self, element: Element, indent: int) -> str:
        defined = self.definitions.abbreviations[element.text]
        attributes = dict(defined.definition.attributes)
        if defined.title:
            attributes["title"] = defined.title
        return f"<abbr{written_attributes(attributes)}>{element.text}</abbr>"


def _standalone_image(paragraph: Element) -> Element | None:
    """An image marked ``{:standalone}`` becomes a figure with its alternative text as caption."""
    if len(paragraph.children) != 1 or paragraph.children[0].kind != "img":
        return None
    image = paragraph.children[0]
    return image if image.listed is not None and "standalone" in image.listed.references else None
