"""Writing: a record or a report from what somebody says to its place in a file."""
