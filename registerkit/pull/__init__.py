"""The first half of a sync: reads every source, merges it into the register, and commits that as one step."""
