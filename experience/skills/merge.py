"""Merge two skills: pages that show the one show the other, and its addresses redirect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast
from django.urls import reverse
from taggit.models import ItemBase
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search import index

from experience.models import Skill
from portfolio.documents.slugs import name_key

ACTION = "portfolio.merge_skill"
ADDRESSES = ("skill", "skill_feed", "skill_rss", "skill_json_feed")


def skill_through_models() -> Iterator[type[ItemBase]]:
    """Every model that joins skills to pages, whichever app it is of."""
    for relation in Skill._meta.related_objects:
        if issubclass(relation.related_model, ItemBase):
            yield relation.related_model


def pages_with(skill: Skill) -> list[int]:
    """The pages that show the skill, drafts among them."""
    pages = {
        pk
        for model in skill_through_models()
        for pk in model.objects.filter(tag=skill).values_list("content_object", flat=True)
    }
    return sorted(pages)


@transaction.atomic
def merge_skills(source: Skill, target: Skill, user: Any) -> int:
    """Let ``target`` stand wherever ``source`` did, then delete ``source``; how many pages showed it.

    The old name and its aliases become aliases, so that an import or an editor who types one means ``target``.
    """
    if source.pk == target.pk:
        raise ValueError("a skill cannot be merged with itself")
    touched = pages_with(source)
    for model in skill_through_models():
        rows = model.objects.filter(tag=source)
        have = model.objects.filter(tag=target).values("content_object")
        rows.filter(content_object__in=have).delete()
        rows.update(tag=target)
    move_in_revisions(source.pk, target.pk)
    redirect_addresses(source.slug, target.slug)
    name = source.name
    target.aliases = "\n".join(joined_aliases(source, target))
    source.delete()
    target.save()
    index_again(touched)
    log(target, ACTION, user=user, data={"merged": name, "pages": len(touched)})
    return len(touched)


def joined_aliases(source: Skill, target: Skill) -> Iterator[str]:
    seen = {name_key(target.name)}
    for alias in (*target.alias_list(), source.name, *source.alias_list()):
        if name_key(alias) not in seen:
            seen.add(name_key(alias))
            yield alias


def move_in_revisions(old: int, new: int) -> None:
    """Versions in the history name skills by their keys; one that is gone would vanish from drafts too."""
    text = Revision.objects.alias(text=Cast("content", models.TextField()))
    revisions = text.filter(text__contains=f'"tag": {old}')
    for revision in revisions.iterator():
        rows = revision.content.get("skill_items") or []
        kept = [row for row in rows if row["tag"] != old]
        if len(kept) == len(rows):
            continue
        if all(row["tag"] != new for row in kept):
            kept.append({**next(row for row in rows if row["tag"] == old), "tag": new})
        revision.content["skill_items"] = kept
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def redirect_addresses(old: str, new: str) -> None:
    """Send readers of the old skill's page and feeds to the new ones, also those whom an earlier merge sent there."""
    for name in ADDRESSES:
        here, there = reverse(name, args=[old]), reverse(name, args=[new])
        Redirect.objects.filter(redirect_link=here).update(redirect_link=there)
        Redirect.objects.filter(old_path__in=map(Redirect.normalise_path, (here, there))).delete()
        Redirect.add_redirect(here, there)


def index_again(pages: Iterable[int]) -> None:
    for page in Page.objects.filter(pk__in=list(pages)).specific():
        index.insert_or_update_object(page)
        ReferenceIndex.create_or_update_for_object(page)
