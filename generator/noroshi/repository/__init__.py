"""The history that git keeps of a site: asked, and added to, by running git."""
