"""Projects, publications, talks: lists, calendar, structured data and Markdown."""
