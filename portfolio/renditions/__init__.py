"""The sizes and formats of pictures that pages show: made once in the background, never while a reader waits."""
