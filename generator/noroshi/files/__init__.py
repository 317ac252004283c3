"""The files of a site on disk: staged, published, and put in their places one by one."""
