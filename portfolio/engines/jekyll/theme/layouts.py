"""Theme layouts: what the layouts of well-known theme gems show of a document's front matter, in the main content.

Their files are in a gem and not in the source of the site. Here is only what is not on a page anyway.
Beautiful Jekyll (https://beautifuljekyll.com/parameters/): subtitle.
Minimal Mistakes (https://mmistakes.github.io/minimal-mistakes/docs/layouts/): tagline, actions and caption of the
header, sidebar.
Just the Docs (https://just-the-docs.com/docs/navigation/children/): the pages below one, by the titles of parents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.engines.jekyll.theme.known_themes import BEAUTIFUL, HYDEOUT, JUST_THE_DOCS, MINIMAL_MISTAKES, theme

_CONTENT = "{{ content }}"
_SUBTITLE = "{% if page.subtitle %}<p>{{ page.subtitle }}</p>{% endif %}"
_MINIMAL_MISTAKES = (
    """
{% if page.tagline %}<p>{{ page.tagline | markdownify | remove: "<p>" | remove: "</p>" }}</p>{% endif %}
{% if page.header.actions %}<p>{% for action in page.header.actions %}
<a href="{{ action.url | relative_url }}">{{ action.label }}</a> {% endfor %}</p>{% endif %}
{% if page.header.caption %}{{ page.header.caption | markdownify }}{% endif %}
"""
    + _CONTENT
    + """
{% for part in page.sidebar %}
{% if part.image %}<img src="{{ part.image | relative_url }}" alt="{{ part.image_alt }}">{% endif %}
{% if part.title %}<h3>{{ part.title }}</h3>{% endif %}
{% if part.text %}{{ part.text | markdownify }}{% endif %}
{% endfor %}
"""
)
CHILD_PAGES = """
{% if page.has_toc != false and page.title %}
{% assign below = site[page.collection] | default: site.html_pages | where: "parent", page.title %}
{% assign numbered = below | where_exp: "item", "item.nav_order != nil" | sort: "nav_order" %}
{% assign named = below | where_exp: "item", "item.nav_order == nil" | sort: "title" %}
{% assign below = numbered | concat: named %}
{% capture entries %}{% for item in below %}{% if item.grand_parent == nil or item.grand_parent == page.parent %}
<li><a href="{{ item.url | relative_url }}">{{ item.title }}</a>
{% if item.summary %} – {{ item.summary }}{% endif %}</li>
{% endif %}{% endfor %}{% endcapture %}
{% assign entries = entries | strip %}{% if entries != "" %}<h2>Table of contents</h2><ul>{{ entries }}</ul>{% endif %}
{% endif %}
"""
_LAYOUTS: Mapping[str, str] = {
    BEAUTIFUL: _SUBTITLE + _CONTENT,
    JUST_THE_DOCS: _CONTENT + CHILD_PAGES,
    HYDEOUT: _SUBTITLE + _CONTENT,
    MINIMAL_MISTAKES: _MINIMAL_MISTAKES,
}


def theme_layout(config: Mapping[str, Any], name: str) -> str:
    """Return a template for any layout of the site's theme, "" for a theme that is not known."""
    return _LAYOUTS.get(theme(config), "")
