"""Work done: organisations, roles with their periods, projects, and the skills they took."""

from experience.models.organisations import Organisation
from experience.models.pages import ExperienceIndexPage, ExperiencePage, ExperienceSkill
from experience.models.projects import ProjectIndexPage, ProjectPage, ProjectSkill
from experience.models.skills import Skill

__all__ = [
    "ExperienceIndexPage",
    "ExperiencePage",
    "ExperienceSkill",
    "Organisation",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectSkill",
    "Skill",
]
