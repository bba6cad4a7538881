"""The papers and pictures an office hands in: read-only, from one snapshot, their wording handed in."""
