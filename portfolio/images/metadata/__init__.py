"""Metadata in image files: one module for each container format, each with a function ``strip``. Pure."""
