"""Export in the admin: the whole site as a zip in the background, or one page at once."""
