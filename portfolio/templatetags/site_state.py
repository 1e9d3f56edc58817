"""``{% cached_for_version "foot" site %}``: a part that is the same on every page of a site."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portfolio.models import site_state

register = template.Library()

INDENT = re.compile(r"\n\s+")
# Elements in which lines and blanks count.
PREFORMATTED = re.compile(r'<(?:pre|textarea)\b|class="tex\b')


class SiteStateNode(template.Node):
    def __init__(
        self, name: FilterExpression, site: FilterExpression, others: list[FilterExpression], nodelist: NodeList
    ) -> None:
        self.name, self.site, self.others, self.nodelist = name, site, others, nodelist

    def render(self, context: Context) -> SafeString:
        site: Any = self.site.resolve(context)
        if not site:
            return self.nodelist.render(context)
        others = (other.resolve(context) for other in self.others)
        key = ("html", self.name.resolve(context), site.pk, get_language(), *others)
        return site_state.cached_for_version(key, lambda: without_indent(self.nodelist.render(context)))


def without_indent(html: SafeString) -> SafeString:
    """The part without the indentation of its templates, which compressed is a twentieth of a page."""
    return html if PREFORMATTED.search(html) else mark_safe(INDENT.sub("\n", html))  # noqa: S308 - nothing is added


@register.tag
def cached_for_version(parser: Parser, token: Token) -> SiteStateNode:
    """Render the part once for each site version, language, and combination of further values, which must be few.

    It may depend on these and the site settings ``site``, and on nothing else.
    """
    _, name, site, *others = token.split_contents()
    nodelist = parser.parse(("endcached_for_version",))
    parser.delete_first_token()
    compiled = [parser.compile_filter(other) for other in others]
    return SiteStateNode(parser.compile_filter(name), parser.compile_filter(site), compiled, nodelist)
