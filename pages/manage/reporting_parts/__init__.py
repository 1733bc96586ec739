"""Parts of 填报."""
