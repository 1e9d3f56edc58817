"""Import in the admin: choose a source, try it, read the report, import it, undo it."""
