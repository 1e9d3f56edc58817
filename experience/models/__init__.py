"""Work done: organisations, roles with their periods, projects, and the skills they took."""

from experience.models.organisations import Organisation
from experience.models.pages import ExperienceIndexPage, ExperiencePage, ExperienceSkill
from experience.models.projects import ProjectIndexPage, ProjectPage, ProjectSkill
from experience.models.publications import PublicationIndexPage, PublicationPage, PublicationSkill
from experience.models.repositories import RepositoryFacts
from experience.models.resume import ResumeSections
from experience.models.skills import Skill
from experience.models.talks import TalkIndexPage, TalkPage, TalkSkill

__all__ = [
    "ExperienceIndexPage",
    "ExperiencePage",
    "ExperienceSkill",
    "Organisation",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectSkill",
    "PublicationIndexPage",
    "PublicationPage",
    "PublicationSkill",
    "RepositoryFacts",
    "ResumeSections",
    "Skill",
    "TalkIndexPage",
    "TalkPage",
    "TalkSkill",
]
