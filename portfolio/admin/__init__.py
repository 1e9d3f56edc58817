"""Additions to Wagtail's admin: import, export, content checks, editing as Markdown, pasting, redirects, the guide."""
