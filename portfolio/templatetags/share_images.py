"""``{% share_image page site as address %}``: the picture beside a link to the page, if it has been drawn."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from portfolio.images.share_images.share_image import share_image_for

register = template.Library()


@register.simple_tag
def share_image(page: Page, site: Any) -> str:
    if not site or not page.pk or not page.full_url:
        return ""
    image = share_image_for(page, site)
    return image.url(page.full_url) if image.exists() else ""
