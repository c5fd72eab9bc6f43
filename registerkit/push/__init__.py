"""The second half of a sync: brings every file up to date with the store."""
