"""Storages of uploaded and private files: on disk, or in an S3-compatible bucket."""
