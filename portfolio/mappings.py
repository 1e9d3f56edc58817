"""Which page types documents become and come from: what import and export are given by everybody who starts them."""

from __future__ import annotations

from blog.exporting import InterviewExport, PostExport
from blog.importing import InterviewMapping, PostMapping
from experience.exporting import ExperienceExport
from experience.importing import ExperienceMapping
from portfolio.exporting import HomePageExport, StandardPageExport
from portfolio.importing import PageMappingOfLastResort

MAPPINGS = (InterviewMapping(), PostMapping(), ExperienceMapping(), PageMappingOfLastResort())
EXPORTS = (HomePageExport(), StandardPageExport(), PostExport(), InterviewExport(), ExperienceExport())
