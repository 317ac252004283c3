"""The one place that reads iCalendar (RFC 5545): exported calendars to their events, each with its line."""
