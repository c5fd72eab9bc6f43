"""The three-way sync as a pure plan: which record each row is, what changed on which side, and what follows."""
