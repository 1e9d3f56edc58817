"""Renditions of images in every size and format that pages use, made ahead in the background."""
