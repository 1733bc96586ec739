"""Documents and pictures that leave the house, and their 查验码."""
