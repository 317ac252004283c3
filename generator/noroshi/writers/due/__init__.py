"""What is owed, told to those who have to keep it: as text, as annotations, as JSON. In English, as all commands."""
