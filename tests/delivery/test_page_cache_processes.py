"""Pages that a server has stored, and changes that another process makes: the next reader sees each of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.running_site import NO_TASKS, ROOT, RunningSite, running_site

pytestmark = pytest.mark.xdist_group("page cache")

# Runs each line that it is sent, as an editor's request would in a process of its own.
EDITOR = """
import sys, django
django.setup()
from datetime import timedelta
from io import StringIO
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import now
from PIL import Image
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.contrib.redirects.models import Redirect
from blog.models import BlogIndexPage, BlogPage, Category
from experience.models import Skill
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun, SiteSettings
def post(): return BlogPage.objects.get(slug='gauges')
def publish(page, **values):
    for name, value in values.items(): setattr(page, name, value)
    page.save_revision().publish()
for line in sys.stdin:
    with transaction.atomic(): exec(line)
    print('done', flush=True)
"""
POST = "---\ntitle: Gauges\ndate: 2024-05-04\nskills: [Splicing]\ncategories: [Water]\n---\nThe gauge is dry.\n"


class EditingProcess:
    """A process that changes the site."""

    def __init__(self, site: RunningSite) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", EDITOR], cwd=ROOT, env=site.env, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, line: str) -> None:
        assert self.process.stdin
        assert self.process.stdout
        print(line, file=self.process.stdin, flush=True)
        while (answer := self.process.stdout.readline()) and answer != "done\n":
            pass  # what a command prints
        assert answer, f"the editor's process ended: {line}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("page-cache"), demo=False, **NO_TASKS) as running:
        yield running


@pytest.fixture
def editor(site: RunningSite) -> Iterator[EditingProcess]:
    running = EditingProcess(site)
    yield running
    running.process.communicate()


def test_the_next_reader_sees_every_change_of_another_process(
    site: RunningSite, editor: EditingProcess, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    (source / "_posts").mkdir(parents=True)
    (source / "_posts" / "2024-05-04-gauges.md").write_text(POST, encoding="utf-8")
    (source / "_config.yml").write_text("title: Saltmarsh notes\npermalink: /blog/:title/\n", encoding="utf-8")
    second = "---\ntitle: Pumps\ndate: 2024-06-04\n---\nThe pump is loud.\n"
    imported = f"call_command('import_markdown', {str(source)!r})"
    editor.run(imported)

    def read(address: str) -> str:
        """The page, asked for twice: the second comes from what the server stored."""
        pages = [requests.get(site.url + address, timeout=30).text for _ in range(2)]
        assert pages[0] == pages[1]
        return pages[0]

    def shows(address: str, text: str) -> bool:
        return text in read(address)

    assert shows("/blog/gauges/", "The gauge is dry.")
    # Each: the address, what it shows only before, what it shows only after, and the change.
    steps = [
        ("/blog/gauges/", "", "Gauges of oak", "publish(post(), title='Gauges of oak')"),
        ("/blog/", "", "Gauges of pine", "publish(post(), title='Gauges of pine')"),
        ("/", "", "Gauges of elm", "publish(post(), title='Gauges of elm')"),
        ("/blog/gauges/", "", "Long splicing", "s = Skill.objects.get(); s.name = 'Long splicing'; s.save()"),
        ("/blog/gauges/", "", "Deep water", "c = Category.objects.get(); c.name = 'Deep water'; c.save()"),
        (
            "/",
            "",
            "Ebba Strand",
            "s = SiteSettings.for_site(Site.objects.get()); s.owner_name = 'Ebba Strand'; s.save()",
        ),
        ("/blog/", "Gauges of elm", "", "post().unpublish()"),
        ("/blog/", "", "Gauges of elm", "publish(post())"),
        (
            "/blog/",
            "Gauges of elm",
            "",
            "PageViewRestriction.objects.create(page=post(), restriction_type='password', password='x')",
        ),
        ("/blog/", "", "Gauges of elm", "PageViewRestriction.objects.all().delete()"),
        (
            "/old/",
            "",
            "data-article-body",
            "Redirect.objects.create(old_path='/old', redirect_page=post(), site=Site.objects.get())",
        ),
        ("/gauges/", "", "data-article-body", "post().move(Site.objects.get().root_page, pos='last-child')"),
        ("/blog/", "", "Pumps", ""),
        ("/blog/", "Pumps", "", "undo(ImportRun.objects.order_by('pk').last())"),
        (
            "/blog/",
            "",
            "Later",
            "page = BlogIndexPage.objects.get().add_child(instance=BlogPage("
            "title='Later', slug='later', live=False, date=now(), go_live_at=now() - timedelta(minutes=1))); "
            "page.save_revision(approved_go_live_at=page.go_live_at); call_command('publish_scheduled')",
        ),
        (
            "/blog/",
            "Later",
            "",
            "publish(BlogPage.objects.get(slug='later'), expire_at=now() + timedelta(seconds=1)); "
            "import time; time.sleep(1.1); call_command('publish_scheduled')",
        ),
    ]
    for address, before, after, change in steps:
        page = read(address)
        assert before in page
        assert not after or after not in page, (address, after)
        if change:
            editor.run(change)
        else:
            (source / "_posts" / "2024-06-04-pumps.md").write_text(second, encoding="utf-8")
            editor.run(imported)
        page = read(address)
        assert after in page, (address, after, change)
        assert not before or before not in page, (address, before, change)
