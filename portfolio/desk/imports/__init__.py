"""Importing in the admin: choose a source, look at what would happen, import it, and take it back."""
