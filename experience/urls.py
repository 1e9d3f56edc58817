"""URLs of skills and of the résumé."""

from __future__ import annotations

from django.urls import path

from experience import skill_pages
from experience.resume import json_resume, views

urlpatterns = [
    path("resume/", views.resume_page, name="resume"),
    path("resume.pdf", views.resume_pdf, name="resume_pdf"),
    path("resume.json", json_resume.resume_json, name="resume_json"),
    path("skills/<str:slug>/", skill_pages.skill, name="skill"),  # not <slug:>: slugs may hold letters of any script
]
