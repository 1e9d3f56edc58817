"""Skills: a tag model of its own, with aliases for other spellings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from taggit.models import NaturalKeyManager, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portfolio.documents.slugs import name_key
from portfolio.models.unique_names import LONGEST_KEY, refuse_same_name


class SkillManager(NaturalKeyManager):
    def named(self, name: str) -> Skill | None:
        """The skill of that name or with that alias, whatever the spelling; None when there is none."""
        return self.named_all([name]).get(name_key(name))

    def named_all(self, names: Iterable[str]) -> dict[str, Skill]:
        """The skills of those names or aliases, by ``name_key``; a name comes before an alias."""
        keys = {key for name in names if (key := name_key(name))}
        skills = {skill.key: skill for skill in self.filter(key__in=keys)}
        for key in keys - set(skills):
            # SQLite takes capitals for small letters here, so the line must be looked for again.
            candidates = self.filter(alias_keys__contains=f"\n{key}\n").order_by("name")
            if alias := next((skill for skill in candidates if key in skill.alias_keys.split("\n")), None):
                skills[key] = alias
        return skills

    def resolve(self, name: str) -> Skill:
        """The skill of that name or with that alias, made when there is none. ``name`` must not be blank."""
        clean_name = " ".join(name.split())
        if not clean_name:
            raise ValueError("a skill needs a name")
        skill = self.named(clean_name)
        if skill is not None:
            return skill
        try:
            with transaction.atomic():
                return self.create(name=clean_name)
        except IntegrityError:  # somebody else makes it at this moment
            skill = self.named(clean_name)
            if skill is None:
                raise
            return skill


class Skill(TagBase, index.Indexed):
    """A tag of its own kind: editors type it with suggestions, and it has a page that shows where it was used."""

    free_tagging = True

    aliases = models.TextField(
        blank=True, help_text="Other ways to write it, one a line. Imports that meet one of them use this skill."
    )
    description = models.TextField(blank=True, help_text="One sentence at the top of the skill's page.")
    kind = models.CharField(
        max_length=100,
        blank=True,
        default="",
        help_text="Skills of one kind stand together on the page of all skills: Languages, Databases, At sea.",
    )
    key = models.CharField(max_length=LONGEST_KEY, unique=True, blank=True, editable=False)
    alias_keys = models.TextField(blank=True, default="", editable=False)  # one a line, with a line end at both ends

    objects = SkillManager()

    panels = [
        *(FieldPanel(name) for name in ("name", "kind", "aliases", "description")),
        FieldPanel("slug", heading="Address"),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        index.SearchField("description"),
    ]

    class Meta:
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        self.alias_keys = "".join(f"\n{key}" for key in map(name_key, self.alias_list())) + "\n" * bool(self.aliases)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "key", "alias_keys"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.name, self.kind = " ".join(self.name.split()), " ".join(self.kind.split())
        refuse_same_name(self)
        for alias in self.alias_list():
            other = Skill.objects.named(alias)
            if other is not None and other.pk != self.pk:
                raise ValidationError(
                    {"aliases": f"“{alias}” already belongs to the skill “{other}”. Remove it from one."}
                )

    def alias_list(self) -> list[str]:
        return [alias for line in self.aliases.splitlines() if (alias := " ".join(line.split()))]
