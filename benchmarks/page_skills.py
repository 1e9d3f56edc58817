"""Skills of the made-up posts: their source cannot name any, so a share of them gets one in the database."""

from __future__ import annotations

from blog.models import Entry, EntrySkill
from experience.models import Skill

EVERY = 7  # so many posts mention the skill


def mention_skill() -> None:
    skill = Skill.objects.get(slug="python")
    entries = Entry.objects.filter(slug__startswith="entry-").order_by("pk").values_list("pk", flat=True)
    EntrySkill.objects.bulk_create(EntrySkill(tag=skill, content_object_id=pk) for pk in list(entries)[::EVERY])
