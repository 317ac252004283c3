"""A published log verified from the outside, as any reader can."""
