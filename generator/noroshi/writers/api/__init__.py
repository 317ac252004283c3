"""Our own API: typed documents, and the JSON Schema that is made of their types."""
