"""Images: sanitising every stored file, renditions and share images made in the background, colour management."""
