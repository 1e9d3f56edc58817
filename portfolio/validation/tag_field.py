"""Form field for tags that removes control characters."""

from __future__ import annotations

from typing import Any

from taggit.managers import TaggableManager
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField

from portfolio.markdown.characters import without_controls


class VisibleTagField(TagField):
    """Removes control characters, which the clipboard brings along unseen."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(without_controls(value) if isinstance(value, str) else value)


def tag_field_override(db_field: Any) -> dict[str, Any]:
    return {"form_class": VisibleTagField, "tag_model": db_field.related_model}


register_form_field_override(TaggableManager, override=tag_field_override)
