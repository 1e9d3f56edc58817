"""Projects, publications and talks: their lists, calendar, structured data, Markdown pages and registration."""
