"""What several models of the site have in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify


class NamedSlug(models.Model):
    """A thing with an address made from its name, unless the editor gave one.

    The model itself declares ``slug`` (unique) and names the field the slug is made from in ``slug_source``.
    """

    slug_source = "name"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """The name as a slug, with ``-2``, ``-3`` and so on when another row has it already."""
        limit = self._meta.get_field("slug").max_length - 5
        wanted = slugify(getattr(self, self.slug_source), allow_unicode=True)[:limit] or self._meta.model_name
        rows = type(self)._default_manager.exclude(pk=self.pk)
        taken = set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True))
        slug, count = wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        return slug


def refuse_same_name(instance: models.Model, field: str) -> None:
    """Raise a ValidationError when another row has the same name in different letter case."""
    name = getattr(instance, field)
    same = type(instance)._default_manager.filter(**{f"{field}__iexact": name}).exclude(pk=instance.pk)
    if name and same.exists():
        kind = instance._meta.verbose_name
        raise ValidationError({field: f"There is a {kind} of this name already. Use it, or choose another name."})
