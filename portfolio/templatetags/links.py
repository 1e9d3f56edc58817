"""``{{ address|safe_href }}``: a stored address as it may be printed."""

from __future__ import annotations

from django import template

from portfolio.blocks.links import safe_href

register = template.Library()
register.filter("safe_href", safe_href)
