"""Exporting in the admin: the whole site as a zip in the background, one page at once."""
