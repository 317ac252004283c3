"""The calendar: planned work, times promised, and by when reports are due, as events that move with what is told."""
