"""Tags whose names have no letter or digit to make an address from."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from taggit.models import TagBase


def name_slugless_tag(sender: type, instance: Any, **kwargs: Any) -> None:
    """Before a tag or skill is saved: give one like "💥" an address of its own, for without one its page cannot be."""
    if issubclass(sender, TagBase) and not instance.slug:
        digest = sha256(instance.name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        instance.slug = f"{sender._meta.model_name}-{digest}"
