"""One matter at a time: its opening facts and reports, folded by what kind of matter it is."""
