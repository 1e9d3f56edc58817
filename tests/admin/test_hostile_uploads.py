"""The admin's import, paste and text forms before somebody who means harm, or who only pastes far too much."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage
from portfolio.admin.markdown_editing import conversion
from portfolio.engines import archive as unpacking
from portfolio.models import ImportJob
from tests import builders
from tests.importer.trees import post

pytestmark = pytest.mark.django_db

POST = "site/_posts/2021-05-04-tides.md"
MUCH = 100_000


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def packed(members: dict[str, str | bytes], mode: int = 0) -> SimpleUploadedFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {POST: post("Rises.\n"), **members}.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(info, content)
    return SimpleUploadedFile("site.zip", data.getvalue(), "application/zip")


def answer(moderator: Client, capture: Any, upload: SimpleUploadedFile) -> str:
    with capture(execute=True):
        response = moderator.post("/admin/imports/", {"archive": upload})
    return moderator.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("members", "mode", "said"),
    [
        ({"../out.md": "x"}, 0, "outside the folder"),
        ({"/etc/out.md": "x"}, 0, "outside the folder"),
        ({"site/link": "/etc/passwd"}, 0o120777, "a link or a device"),
        ({"site/bomb.md": bytes(4 * MUCH)}, 0, "more than the limit"),
        ({f"site/{number}.md": "x" for number in range(20)}, 0, "more than 10 files"),
    ],
    ids=["up", "absolute", "link", "bomb", "many"],
)
def test_a_hostile_archive_is_refused_and_nothing_is_written(
    moderator: Client,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
    members: dict[str, str | bytes],
    mode: int,
    said: str,
) -> None:
    monkeypatch.setattr(unpacking, "MAX_FILE", MUCH)
    monkeypatch.setattr(unpacking, "MAX_MEMBERS", 10)
    assert said in answer(moderator, django_capture_on_commit_callbacks, packed(members, mode))
    assert ImportJob.objects.get().report is None
    assert not BlogPage.objects.exists()


def test_a_document_that_ends_its_worker_is_told_of_and_the_others_can_be_imported(
    moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    endless = post("{% for i in (1..1000000) %}" + "x" * 1000 + "{% endfor %}")
    page = answer(moderator, django_capture_on_commit_callbacks, packed({"site/_posts/2021-01-01-endless.md": endless}))
    assert "too-much-output" in page or "grows to more than" in page
    assert re.search(r"<strong>1</strong>\s*to create", page)
    assert re.search(r"<strong>1</strong>\s*cannot be read", page)


TEXTS = {"brackets": "[" * MUCH, "quotes": "> " * MUCH, "stars": "*a " * (MUCH // 10), "divs": "<div>" * (MUCH // 10)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_pasted_text_is_converted_in_a_worker_and_comes_back(moderator: Client, text: str) -> None:
    response = moderator.post(reverse("paste_markdown"), {"text": text})
    assert response.status_code == 200
    assert response.json()["blocks"]


@pytest.mark.parametrize(
    "form", ["paste_markdown", "post_from_markdown", "interview_from_text", "experience_from_text"]
)
def test_far_too_long_a_text_is_refused_before_it_is_looked_at(
    moderator: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def never(*arguments: object, **named: object) -> None:
        pytest.fail("it was looked at")

    monkeypatch.setattr(conversion, "convert_all", never)
    monkeypatch.setattr("blog.from_text.in_one_worker", never)
    monkeypatch.setattr("experience.from_text.view.in_one_worker", never)
    response = moderator.post(reverse(form), {"text": "[" * (conversion.MAX_TEXT + 1)})
    assert response.status_code == 422


def test_a_text_that_costs_too_much_is_refused_with_the_reason(
    moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portfolio.importer.conversion.worker import WorkStopped

    def stopped(*arguments: object, **named: object) -> None:
        raise WorkStopped("needed more than 15 seconds of work")

    monkeypatch.setattr("blog.from_text.in_one_worker", stopped)
    response = moderator.post(reverse("interview_from_text"), {"text": "Words."})
    assert response.status_code == 422
    assert "needed more than 15 seconds of work" in response.content.decode()


def test_pasted_text_with_addresses_that_are_none_comes_back_too(moderator: Client) -> None:
    text = "![x](http://[evil) [y](//[) [j](javascript:alert(1))\n\n<img src='//[x'>\n\n[a](/a%00b.pdf)\n"
    response = moderator.post(reverse("paste_markdown"), {"text": text})
    assert response.status_code == 200
    assert not re.search(r"href=\\?.javascript", response.content.decode())
