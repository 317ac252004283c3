"""Calendar files (RFC 5545): those of others are read, ours are written."""
