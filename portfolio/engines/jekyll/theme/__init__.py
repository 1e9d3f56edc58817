"""Conventions of well-known themes, whose files may be in a gem and not in the source."""
