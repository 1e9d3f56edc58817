"""Registration of the blog index, posts and interviews, and of the terms that they are under."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.models import Tag
from wagtail.admin.ui.tables import DateColumn

from blog.markdown_page import entry_markdown
from blog.models import BlogIndexPage, BlogPage, Category, Entry, InterviewPage, Series
from blog.site_profile import posts_profile
from blog.structured_data import blog, blog_posting, interview_article
from portfolio.content.lists import PAGES
from portfolio.content.registry import AdminListing, NewPageItem, PageKind, PageList, Taxonomy

SERIES = Taxonomy(
    model=Series,
    name="series",
    path="series",
    label=_("Series"),
    plural=_("Series"),
    order=10,
    name_field="title",
    is_facet=False,
)
CATEGORIES = Taxonomy(
    model=Category,
    name="category",
    path="categories",
    label=_("Category"),
    plural=_("Categories"),
    order=20,
    is_feed_category=True,
)
TAGS = Taxonomy(model=Tag, name="tag", path="tags", label=_("Tag"), plural=_("Tags"), order=40, is_feed_category=True)

ENTRIES = PageList(
    model=Entry,
    date="date",
    updated="updated",
    terms={"series": "series", "category": "categories", "skill": "skills", "tag": "tags"},
    cover="cover",
    authors="authors",
    in_feeds=True,
)
POST_CONTENT = "blog.content.posts.PostContent"
INTERVIEW_CONTENT = "blog.content.interviews.InterviewContent"
DATE = DateColumn("date", label="Date", sort_key="date", width="12%")

BLOG_INDEX = PageKind(
    model=BlogIndexPage, name="blog_index", structured_data=blog, section=PAGES, site_profile=posts_profile
)
POST = PageKind(
    model=BlogPage,
    name="post",
    counted=lambda number: ngettext("%(count)s post", "%(count)s posts", number) % {"count": number},
    order=10,
    label=_("Post"),
    plural=_("Posts"),
    icon="edit",
    content=POST_CONTENT,
    markdown=entry_markdown(POST_CONTENT),
    structured_data=blog_posting,
    search_facet="post",
    page_list=ENTRIES,
    new_page=[NewPageItem(10), NewPageItem(40, "Post from Markdown", "post_from_markdown", "keyboard")],
    listing=AdminListing("posts", DATE, "-date"),
)
INTERVIEW = PageKind(
    model=InterviewPage,
    name="interview",
    counted=lambda number: ngettext("%(count)s interview", "%(count)s interviews", number) % {"count": number},
    order=20,
    label=_("Interview"),
    plural=_("Interviews"),
    icon="openquote",
    list_label=_("Interview"),
    content=INTERVIEW_CONTENT,
    markdown=entry_markdown(INTERVIEW_CONTENT),
    structured_data=interview_article,
    search_facet="interview",
    page_list=ENTRIES,
    new_page=[NewPageItem(20), NewPageItem(30, "Interview from text", "interview_from_text", "openquote")],
    listing=AdminListing("interviews", DATE, "-date"),
)
