"""Skills as a taxonomy: terms with a page and feeds of their own, under which roles and entries are listed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from experience.models import Skill
from portfolio.content.registry import Taxonomy

SKILLS = Taxonomy(
    model=Skill,
    name="skill",
    path="skills",
    label=_("Skill"),
    plural=_("Skills"),
    order=30,
    max_listed=24,
    most_used_first=True,
    overview="skills",
)
