"""Render a template node by node, and record the source map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liquid import Node, RenderContext
from liquid.ast import IllegalNode
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt, OutputStreamLimitError
from liquid.template import BoundTemplate

from portfolio.documents.document import Severity
from portfolio.documents.template_comments import restore_tags
from portfolio.engines.expanded_text import ExpandedText, TextFragment, TooMuchOutput, unexpanded
from portfolio.engines.jekyll.liquid.environment import JekyllEnvironment
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.liquid.tags import ReferenceNode
from portfolio.engines.jekyll.site import IndexEntry, JekyllSite
from portfolio.markdown.options import Options


def has_liquid(text: str) -> bool:
    return "{{" in text or "{%" in text


def render_liquid(text: str, context: LiquidContext, variables: Mapping[str, Any] | None = None) -> ExpandedText:
    """Render ``text`` with ``variables`` (``site``, ``page`` and so on; by default those of ``context``).

    A template that cannot be parsed is returned as it is, with an error. Raises `TooMuchOutput`. Runs untrusted
    programs, so call it in a worker process only.
    """
    if not has_liquid(text):
        return unexpanded(text)
    context.text, context.offset = text, 0
    env = JekyllEnvironment(context)
    try:
        nodes = env.top_level(text)
    except LiquidError as error:
        reason = str(error.args[0] if error.args else error)
        context.report(Severity.ERROR, "liquid-syntax", f"{reason}; Liquid is left as it stands", error.token)
        result = unexpanded(text)
        return ExpandedText(result.text, result.fragments, tuple(context.problems))
    return _Rendering(env, text, variables or context.variables(liquid_of_another)).run(nodes)


def liquid_of_another(text: str, entry: IndexEntry, site: JekyllSite, options: Options) -> str:
    """Render the ``text`` of another document that a template uses."""
    return render_liquid(text, LiquidContext(site, entry.data, entry.path, options)).text


class _Rendering:
    def __init__(self, env: JekyllEnvironment, text: str, variables: Mapping[str, Any]) -> None:
        self.env = env
        self.text = text
        self.render_context = RenderContext(BoundTemplate(env, []), globals=variables)
        self.parts: list[str] = []
        self.fragments: list[TextFragment] = []
        self.length = 0
        self.in_comment = False

    def run(self, nodes: list[tuple[Node, int]]) -> ExpandedText:
        bounds = [start for _, start in nodes] + [len(self.text)]
        if nodes:
            bounds[0] = 0
        for index, (node, _) in enumerate(nodes):
            start, end = bounds[index], bounds[index + 1]
            self.env.context.offset = start
            if isinstance(node, ContentNode):
                self._literal(node.text, start, end)
            elif isinstance(node, IllegalNode):  # already reported; invalid Liquid is shown as written
                self._add(self.text[start:end], start, end, literal=False)
            elif isinstance(node, ReferenceNode):
                self._add(self._without_second_base(self._output(node, start, end)), start, end, literal=False)
            else:
                self._add(self._output(node, start, end), start, end, literal=False)
        return ExpandedText("".join(self.parts), tuple(self.fragments), tuple(self.env.context.problems))

    def _without_second_base(self, address: str) -> str:
        """Remove a double base path from ``{{ site.baseurl }}{% post_url … %}``, which was right in Jekyll 3 only."""
        base = self.env.context.site.base_path
        doubled = base and address.startswith(base + "/") and self.parts and self.parts[-1].endswith(base)
        return address.removeprefix(base) if doubled else address

    def _output(self, node: Node, start: int, end: int) -> str:
        buffer = self.render_context.get_buffer()
        try:
            node.render(self.render_context, buffer)
        except LiquidInterrupt:
            return buffer.getvalue()
        except OutputStreamLimitError as error:
            raise TooMuchOutput from error
        except LiquidError as error:
            reason = str(error.args[0] if error.args else error)
            self.env.context.report(Severity.WARNING, "liquid-error", f"{reason}; kept as it stands", error.token)
            return self.text[start:end]
        return buffer.getvalue()

    def _literal(self, value: str, start: int, end: int) -> None:
        """Add literal text, which may be inside ``raw`` or trimmed by a ``-`` in a tag."""
        offset = self.text.find(value, start, end)
        if offset < 0:
            self._add(value, start, end, literal=False)
            return
        if offset > start:
            self._add("", start, offset, literal=False)
        self._add(value, offset, offset + len(value), literal=True)
        if offset + len(value) < end:
            self._add("", offset + len(value), end, literal=False)

    def _add(self, value: str, start: int, end: int, *, literal: bool) -> None:
        if self.in_comment and not literal:
            value = restore_tags(value)  # comments cannot be nested
        opened, closed = value.rfind("<!--"), value.rfind("-->")
        if opened >= 0 or closed >= 0:
            self.in_comment = opened > closed
        self.fragments.append(TextFragment(self.length, self.length + len(value), start, end, literal))
        self.parts.append(value)
        self.length += len(value)
