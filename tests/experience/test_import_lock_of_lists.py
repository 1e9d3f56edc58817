"""The import of a résumé or of BibTeX holds the import lock: one at a time, and what it publishes is no news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from experience.bibtex import views
from experience.management.commands import import_bibtex, import_resume
from experience.models import ExperiencePage, PublicationPage
from experience.resume import import_form
from portfolio.admin.publishing import webmentions
from portfolio.importer.lock import BUSY, ImportRunning
from portfolio.models import SiteSettings
from tests import builders

ENTRY = "@article{quist2024drift, title = {Drift}, author = {Quist, Mara}, year = 2024}\n"
RESUME = json.dumps({"work": [{"name": "Saltmarsh", "position": "Engineer", "startDate": "2019"}]})
FILES = {"import_bibtex": ("papers.bib", ENTRY), "import_resume": ("resume.json", RESUME)}
VIEWS = {"publications_from_bibtex": ENTRY, "import_resume": RESUME}


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def lock() -> Iterator[None]:
        raise ImportRunning
        yield

    for module in (import_bibtex, import_resume, views, import_form):
        monkeypatch.setattr(module, "import_lock", lock)


def written(tmp_path: Path, command: str) -> Path:
    name, text = FILES[command]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("command", FILES)
def test_command_waits_for_no_other_import(command: str, tmp_path: Path, busy: None) -> None:
    with pytest.raises(CommandError, match="Another import is running") as refused:
        call_command(command, written(tmp_path, command))
    assert refused.value.returncode == 2
    assert not ExperiencePage.objects.exists()
    assert not PublicationPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("view", VIEWS)
def test_form_waits_for_no_other_import(view: str, admin_client: Client, busy: None) -> None:
    builders.home()
    response = admin_client.post(reverse(view), {"text": VIEWS[view]})
    assert (response.status_code, BUSY in response.content.decode()) == (422, True)
    assert not ExperiencePage.objects.exists()
    assert not PublicationPage.objects.exists()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages whose links would be told, of a site whose owner wants that."""
    told: list[int] = []
    monkeypatch.setattr(webmentions, "gather_on_commit", lambda task, key: told.append(key))
    monkeypatch.setattr(webmentions, "is_switched_on", lambda page: True)
    monkeypatch.setattr(webmentions, "new_targets", lambda page: ["https://tides.example/"])
    SiteSettings.objects.update_or_create(site=builders.home().get_site(), defaults={"send_webmentions": True})
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("command", FILES)
def test_command_sends_no_webmentions(command: str, tmp_path: Path, told: list[int]) -> None:
    call_command(command, written(tmp_path, command))
    page: Any = ExperiencePage.objects.first() or PublicationPage.objects.first()
    assert (page.live, told) == (True, [])
    page.save_revision().publish()
    assert told == [page.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("view", VIEWS)
def test_form_sends_no_webmentions(view: str, admin_client: Client, told: list[int]) -> None:
    assert admin_client.post(reverse(view), {"text": VIEWS[view]}).status_code == 302
    page: Any = ExperiencePage.objects.first() or PublicationPage.objects.first()
    assert (page.live, told) == (True, [])
