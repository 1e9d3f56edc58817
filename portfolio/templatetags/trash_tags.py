"""``{% trash_period %}``: how long deleted pages can be restored."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def trash_period() -> str:
    if settings.TRASH_DAYS:
        return f"It can be restored for {settings.TRASH_DAYS} days."
    return "It can be restored until somebody deletes it for good."
