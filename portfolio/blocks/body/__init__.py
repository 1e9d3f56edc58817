"""The body of a page as a whole: its vocabulary, how it is rendered, and what it refers to."""
