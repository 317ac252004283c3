"""What stands now held against what a revision of git says."""
