"""From the raw update to the committed turn: kept first, served in order, its files checked."""
