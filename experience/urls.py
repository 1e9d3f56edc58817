"""The address of the résumé for machines."""

from __future__ import annotations

from django.urls import path

from experience.resume import resume

urlpatterns = [path("resume.json", resume, name="resume")]
