"""What is owed to readers, and what became of it: computed here from records and policy, and nowhere else."""
