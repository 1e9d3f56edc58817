"""What the layouts of a document show around its text."""
