"""Writing: posts and interviews, and how they are sorted."""

from blog.models.entry import Entry, EntrySkill, EntryTag
from blog.models.interviews import InterviewPage
from blog.models.pages import BlogIndexPage, BlogPage
from blog.models.taxonomy import Category, Series

__all__ = [
    "BlogIndexPage",
    "BlogPage",
    "Category",
    "Entry",
    "EntrySkill",
    "EntryTag",
    "InterviewPage",
    "Series",
]
