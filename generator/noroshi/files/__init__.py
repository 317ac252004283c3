"""The files of a site on disk: found and read, staged and published."""
