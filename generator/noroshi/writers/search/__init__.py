"""The texts that readers search: what is said in records and on the operator's own pages, in one language."""
