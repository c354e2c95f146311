"""From indicators to a picture."""
