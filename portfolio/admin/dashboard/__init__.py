"""Dashboard: the way to a new page, and the first steps of a new site."""
