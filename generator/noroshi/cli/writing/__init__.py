"""The commands that write: what is said on the command line, asked for, or typed into an editor, becomes YAML."""
