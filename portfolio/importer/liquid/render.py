"""Render a template piece by piece, remembering where each came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liquid import Node, RenderContext
from liquid.ast import IllegalNode
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt, OutputStreamLimitError
from liquid.template import BoundTemplate

from portfolio.importer.document import Severity
from portfolio.importer.liquid.comments import tags_restored
from portfolio.importer.liquid.environment import JekyllEnvironment
from portfolio.importer.liquid.pieces import LiquidResult, Piece, untouched
from portfolio.importer.liquid.state import LiquidContext
from portfolio.importer.liquid.tags import ReferenceNode
from portfolio.importer.site_context import IndexEntry, SiteContext
from portfolio.markdown.options import Options


class TooMuchOutput(Exception):
    """A template wrote more than a document may hold."""


def has_liquid(text: str) -> bool:
    return "{{" in text or "{%" in text


def render_liquid(text: str, context: LiquidContext, variables: Mapping[str, Any] | None = None) -> LiquidResult:
    """Render ``text`` with ``variables`` (``site``, ``page`` and so on; by default those of ``context``).

    A template that cannot be parsed at all comes back as it is, with an error. Raises `TooMuchOutput`. Runs other
    people's programs: call it in a worker process only.
    """
    if not has_liquid(text):
        return untouched(text)
    context.text, context.offset = text, 0
    env = JekyllEnvironment(context)
    try:
        nodes = env.top_level(text)
    except LiquidError as error:
        said = str(error.args[0] if error.args else error)
        context.report(Severity.ERROR, "liquid-syntax", f"{said}; Liquid is left as it stands", error.token)
        result = untouched(text)
        return LiquidResult(result.text, result.pieces, tuple(context.problems))
    return _Rendering(env, text, variables or context.variables(liquid_of_another)).run(nodes)


def liquid_of_another(text: str, entry: IndexEntry, site: SiteContext, options: Options) -> str:
    """The ``text`` of another document, which a template asks for, with its Liquid rendered."""
    return render_liquid(text, LiquidContext(site, entry.data, entry.path, options)).text


class _Rendering:
    def __init__(self, env: JekyllEnvironment, text: str, variables: Mapping[str, Any]) -> None:
        self.env = env
        self.text = text
        self.render_context = RenderContext(BoundTemplate(env, []), globals=variables)
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.in_comment = False

    def run(self, nodes: list[tuple[Node, int]]) -> LiquidResult:
        bounds = [start for _, start in nodes] + [len(self.text)]
        if nodes:
            bounds[0] = 0
        for index, (node, _) in enumerate(nodes):
            start, end = bounds[index], bounds[index + 1]
            self.env.context.offset = start
            if isinstance(node, ContentNode):
                self._literal(node.text, start, end)
            elif isinstance(node, IllegalNode):  # already reported; what cannot be parsed is shown as it stands
                self._add(self.text[start:end], start, end, literal=False)
            elif isinstance(node, ReferenceNode):
                self._add(self._without_second_base(self._output(node, start, end)), start, end, literal=False)
            else:
                self._add(self._output(node, start, end), start, end, literal=False)
        return LiquidResult("".join(self.parts), tuple(self.pieces), tuple(self.env.context.problems))

    def _without_second_base(self, address: str) -> str:
        """Jekyll 3 wanted ``{{ site.baseurl }}{% post_url … %}``; since then the tag brings the base path."""
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
            said = str(error.args[0] if error.args else error)
            self.env.context.report(Severity.WARNING, "liquid-error", f"{said}; kept as it stands", error.token)
            return self.text[start:end]
        return buffer.getvalue()

    def _literal(self, value: str, start: int, end: int) -> None:
        """Text, perhaps inside ``raw``, perhaps with the spaces gone that a ``-`` in a tag asks to take."""
        at = self.text.find(value, start, end)
        if at < 0:
            self._add(value, start, end, literal=False)
            return
        if at > start:
            self._add("", start, at, literal=False)
        self._add(value, at, at + len(value), literal=True)
        if at + len(value) < end:
            self._add("", at + len(value), end, literal=False)

    def _add(self, value: str, start: int, end: int, *, literal: bool) -> None:
        if self.in_comment and not literal:
            value = tags_restored(value)  # a comment in a comment would end it
        opened, closed = value.rfind("<!--"), value.rfind("-->")
        if opened >= 0 or closed >= 0:
            self.in_comment = opened > closed
        self.pieces.append(Piece(self.length, self.length + len(value), start, end, literal))
        self.parts.append(value)
        self.length += len(value)
