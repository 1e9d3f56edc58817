"""``make_posts COUNT``: the list, its menu, and the posts of ``posts.py`` as an editor would have written them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from markdown_it import MarkdownIt
from posts import Post, posts
from wagtail.models import Page, Site

from minimal.journal.models import PostIndexPage, PostPage

INTRO_LENGTH = 200
BATCH = 500
MENU = ("About", "Projects", "Talks")
FENCE = "```"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int)

    @transaction.atomic
    def handle(self, *, count: int, **options: Any) -> None:
        home = Site.objects.get(is_default_site=True).root_page
        index = home.add_child(instance=PostIndexPage(title="Blog", slug="blog", show_in_menus=True))
        for title in MENU:
            home.add_child(instance=Page(title=title, show_in_menus=True))
        made = list(posts(count))
        pages = Page.objects.bulk_create([page_of(post, index) for post in made], batch_size=BATCH)
        for post, page in zip(made, pages, strict=True):
            # The row of the post alone, as a fixture is loaded. Saving thousands of pages one by one takes minutes.
            PostPage(page_ptr=page, date=post.date, intro=intro_of(post), body=list(blocks_of(post))).save_base(
                raw=True
            )
        index.numchild = count
        index.save()


def page_of(post: Post, index: PostIndexPage) -> Page:
    slug = f"entry-{post.number}"
    return Page(
        path=Page._get_path(index.path, index.depth + 1, post.number + 1),
        depth=index.depth + 1,
        title=post.title,
        draft_title=post.title,
        slug=slug,
        url_path=f"{index.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(PostPage),
        locale=index.locale,
    )


def intro_of(post: Post) -> str:
    return next(part for part in post.text.split("\n\n") if not part.startswith("#"))[:INTRO_LENGTH]


def blocks_of(post: Post) -> Iterator[tuple[str, str]]:
    """Headings and listings as blocks of their own; what stands between them as one rich text."""
    markdown = MarkdownIt().enable("table")
    prose: list[str] = []
    for part in post.text.split("\n\n"):
        if not part.startswith(("## ", FENCE)):
            prose.append(part)
            continue
        if prose:
            yield "paragraph", markdown.render("\n\n".join(prose))
            prose = []
        if part.startswith(FENCE):
            yield "code", part.partition("\n")[2].removesuffix(FENCE)
        else:
            yield "heading", part.removeprefix("## ")
    if prose:
        yield "paragraph", markdown.render("\n\n".join(prose))
