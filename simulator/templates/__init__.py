"""Message templates: what they are, Meta's checks, their life, and how they are filled in."""
