"""Fields of posts and interviews: read from documents by the import, written as front matter by the export."""
