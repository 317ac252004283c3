"""What feeds carry, between the feeds and the pages: what an item says is printed by the pages' own templates."""
