"""What the documents agree and disagree on."""
