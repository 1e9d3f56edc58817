"""URLs of skills and of the résumé."""

from __future__ import annotations

from django.urls import path

from experience.resume import json_resume, views
from experience.skills import map as skill_map
from experience.skills import pages as skill_pages
from portfolio.delivery.lazy_views import lazy_view

urlpatterns = [
    path("resume/", views.resume_page, name="resume"),
    path("resume/full/", views.whole_resume, name="whole_resume"),
    path("resume.pdf", views.resume_pdf, name="resume_pdf"),
    path("resume.json", json_resume.resume_json, name="resume_json"),
    path("talks.ics", lazy_view("experience.works.talk_calendar.upcoming_talks"), name="talks_ics"),
    path("talk-<int:pk>.ics", lazy_view("experience.works.talk_calendar.talk_calendar"), name="talk_ics"),
    path("publications.bib", lazy_view("experience.bibtex.views.publications_bib"), name="publications_bib"),
    path("skills/", skill_map.skill_map_page, name="skills"),
    path("skills/<str:slug>/", skill_pages.skill, name="skill"),  # not <slug:>: slugs may hold letters of any script
]
