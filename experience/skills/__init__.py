"""Skills in the admin and for readers: field, merge, map and pages."""
