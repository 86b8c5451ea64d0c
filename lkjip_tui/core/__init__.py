"""Facts, queries, acts and files; nothing of screens or terminals."""
