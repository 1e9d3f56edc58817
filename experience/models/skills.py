"""What somebody can do, named once whatever the spelling."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from taggit.models import NaturalKeyManager, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portfolio.models.mixins import refuse_same_name


class SkillManager(NaturalKeyManager):
    def named(self, name: str) -> Skill | None:
        """The skill of that name or with that alias, whatever the letter case; None when there is none."""
        wanted = " ".join(name.split())
        exact = self.filter(name__iexact=wanted).first()
        if exact is not None:
            return exact
        candidates = self.filter(aliases__icontains=wanted) if wanted else self.none()
        return next((skill for skill in candidates if wanted.casefold() in skill.alias_keys()), None)

    def resolve(self, name: str) -> Skill:
        """The skill of that name or with that alias, made when there is none. ``name`` must not be blank."""
        wanted = " ".join(name.split())
        if not wanted:
            raise ValueError("a skill needs a name")
        return self.named(wanted) or self.create(name=wanted)


class Skill(TagBase, index.Indexed):
    """A tag of its own kind: editors type it with suggestions, and it has a page that shows where it was used."""

    free_tagging = True

    aliases = models.TextField(
        blank=True, help_text="Other ways to write it, one a line. Imports that meet one of them use this skill."
    )
    description = models.TextField(blank=True, help_text="One sentence at the top of the skill's page.")

    objects = SkillManager()

    panels = [FieldPanel("name"), FieldPanel("aliases"), FieldPanel("description"), FieldPanel("slug")]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        index.SearchField("description"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_skill_per_name")]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """As tags do it, but C, C++ and C# get three different slugs that say what they are."""
        return super().slugify(tag.replace("+", "-plus").replace("#", "-sharp"), i)

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        refuse_same_name(self, "name")
        for alias in self.alias_list():
            other = Skill.objects.named(alias)
            if other is not None and other.pk != self.pk:
                raise ValidationError(
                    {"aliases": f"“{alias}” already belongs to the skill “{other}”. Remove it from one."}
                )

    def alias_list(self) -> list[str]:
        return list(self._aliases())

    def alias_keys(self) -> set[str]:
        return {alias.casefold() for alias in self._aliases()}

    def _aliases(self) -> Iterator[str]:
        for line in self.aliases.splitlines():
            if alias := " ".join(line.split()):
                yield alias
