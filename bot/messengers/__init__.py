"""One file per messenger; nothing above knows which one is speaking."""
