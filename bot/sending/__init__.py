"""From a committed row to the messenger: paced, drawn at the last moment, every failure settled by kind."""
