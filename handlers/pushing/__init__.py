"""What is told unasked: notices, the morning's digest, bundles, announcements."""
