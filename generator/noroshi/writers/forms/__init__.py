"""Issue forms, from which somebody without git reports: what they ask, and the files that GitHub reads."""
