"""What was not public on the old site, or was not meant to be, is not public here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page

from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db


def test_front_matter_that_never_closes_is_rejected(tmp_path: Path, client: Client) -> None:
    """Jekyll shows it as text; ``published: false`` in it has no effect there."""
    files = {
        "_posts/2021-05-04-open.md": "---\ntitle: Open\npublished: false\n\nNobody reads this.\n",
        "open.md": "---\ntitle: Open\n\nNobody reads this.\n",
        "rule.md": "---\n\nA rule and a text.\n",
        "_posts/2021-05-05-ebb.md": post("Water.\n"),
    }
    report = run(write_tree(tmp_path, files))
    for path in ("_posts/2021-05-04-open.md", "open.md"):
        assert row(report, path).outcome == "rejected"
        assert [(problem.code, problem.line) for problem in row(report, path).problems] == [("bad-front-matter", 1)]
    assert row(report, "rule.md").outcome == "created"
    assert not Page.objects.filter(title="Open").exists()


def test_a_key_that_jekyll_ignores_is_told_and_obeyed_with_a_map(tmp_path: Path, client: Client) -> None:
    path = "_posts/2021-05-04-secret.md"
    tree = write_tree(tmp_path, {path: post("Water.\n", title="Secret", private="true")})
    report = run(tree)
    assert codes(row(report, path)) == ["meant-private"]
    assert row(report, path).problems[0].line == 4
    assert client.get("/blog/secret/").status_code == 200
    run(tree, kinds={"_posts/*": "draft"})
    assert client.get("/blog/secret/").status_code == 404
    assert not Page.objects.get(title="Secret").live
