"""Reading a site: its folder, its settings, each record by itself, and then all of them together."""
