"""The bodies of the pages. Python computes finished views; templates print and loop."""
