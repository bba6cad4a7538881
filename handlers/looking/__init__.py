"""Looking things up, and one's own settings."""
