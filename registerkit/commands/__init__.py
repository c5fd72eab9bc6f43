"""What each command does, in a file named as it is typed."""
