"""``{% share_image page site as address %}``: the picture beside a link to the page, if it has been drawn."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from portfolio.share_images.cards import card_of

register = template.Library()


@register.simple_tag
def share_image(page: Page, site: Any) -> str:
    if not site or not page.pk or not page.full_url:
        return ""
    card = card_of(page, site)
    return card.url(page.full_url) if card.is_there() else ""
