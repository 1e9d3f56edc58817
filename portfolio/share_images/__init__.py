"""The picture beside a shared link, drawn from a page's title where it has no cover."""
