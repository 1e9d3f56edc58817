"""Share images: the picture that social networks show beside a link, drawn from the title of a page without a cover."""
