"""The Markdown version of a page, at its address with ``.md`` for the last slash."""
