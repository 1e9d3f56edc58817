"""``{% translate "Search" %}``: Django's tag, which looks a literal up once for each language.

At each rendering, Django makes a lazy translation and resolves it: a hundred function calls for a word.
"""

from __future__ import annotations

from django import template
from django.template import Context, Node
from django.template.base import Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = template.Library()


class TranslateLiteralNode(Node):
    """A literal without options: what it becomes depends on nothing but the language."""

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.texts: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        text = self.texts.get(language)
        if text is None:
            text = self.texts[language] = self.node.render(context)
        return text


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    words = token.split_contents()[1:]
    is_literal = len(words) == 1 and words[0][0] in "\"'" and "|" not in words[0]
    return TranslateLiteralNode(node) if is_literal else node
