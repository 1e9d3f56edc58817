"""Work done: organisations, roles with their periods, and the skills they took."""

from experience.models.organisations import Organisation
from experience.models.pages import ExperienceIndexPage, ExperiencePage, ExperienceSkill
from experience.models.skills import Skill

__all__ = ["ExperienceIndexPage", "ExperiencePage", "ExperienceSkill", "Organisation", "Skill"]
