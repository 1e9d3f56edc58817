"""Mixins for models with a slug made from their name, and with a name that is unique whatever its spelling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from portfolio.documents.slugs import name_key, slug_of
from portfolio.markdown.characters import NAME_CONTROLS, control_message

LONGEST_KEY = 600  # case folding may turn one letter into three


class NamedSlug(models.Model):
    """Mixin that makes an empty slug from the name.

    The model declares ``slug`` (unique), and in ``slug_source`` the field that the slug is made from.
    """

    slug_source = "name"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(type(self), getattr(self, self.slug_source), self.pk)
        super().save(*args, **kwargs)


class UniqueNameManager(models.Manager):
    def named(self, name: str) -> Any | None:
        """The row of that name, whatever its case and Unicode composition; None when there is none."""
        return self.filter(key=name_key(name)).first()

    def named_all(self, names: Iterable[str]) -> dict[str, Any]:
        """The existing rows of those names, by ``name_key``."""
        return {row.key: row for row in self.filter(key__in={name_key(name) for name in names})}

    def resolve(self, name: str) -> Any:
        """Get or create the row of that name, also when another process creates it at the same moment."""
        row = self.named(name)
        if row is not None:
            return row
        try:
            with transaction.atomic():
                return self.create(**{self.model.slug_source: name})
        except IntegrityError:
            row = self.named(name)
            if row is None:
                raise
            return row


class UniqueName(NamedSlug):
    """Mixin for a unique name: ``key``, unique in the database, is the name's ``name_key``."""

    key = models.CharField(max_length=LONGEST_KEY, unique=True, blank=True, editable=False)

    objects = UniqueNameManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(getattr(self, self.slug_source))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "key"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if message := control_message(getattr(self, self.slug_source), NAME_CONTROLS):
            raise ValidationError({self.slug_source: message})
        refuse_same_name(self)


def free_slug(model: type[models.Model], name: str, pk: Any = None) -> str:
    """A slug from ``name`` for a row of ``model``, with ``-2``, ``-3`` and so on when another row has it already."""
    limit = model._meta.get_field("slug").max_length - 5
    wanted = slug_of(name)[:limit].strip("-") or model._meta.model_name
    taken = set(model._default_manager.filter(slug__startswith=wanted).exclude(pk=pk).values_list("slug", flat=True))
    slug, count = wanted, 1
    while slug in taken:
        count += 1
        slug = f"{wanted}-{count}"
    return slug


def refuse_same_name(instance: Any) -> None:
    """Raise a ValidationError when another row has the same ``name_key``."""
    field = getattr(instance, "slug_source", "name")
    key = name_key(getattr(instance, field))
    if key and type(instance)._default_manager.filter(key=key).exclude(pk=instance.pk).exists():
        kind = instance._meta.verbose_name
        raise ValidationError({field: f"Another {kind} already has this name. Use that one, or choose another name."})
