"""What each rule asks, with one example that breaks it and one that keeps it, by what the rule looks at."""
