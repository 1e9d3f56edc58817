"""Projects, publications, talks: lists, calendar, structured data, Markdown; and the choice of organisations."""
