"""Sets up, starts and tests the project; standard library only, because nothing else is there."""
