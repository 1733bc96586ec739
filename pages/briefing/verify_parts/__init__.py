"""Parts of 查验."""
