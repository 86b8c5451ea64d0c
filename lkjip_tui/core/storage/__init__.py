"""The file: the engine that holds it, and what keeps it whole."""
