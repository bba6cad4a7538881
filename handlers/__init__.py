"""The conversations: what was said, what is done, what is answered."""
