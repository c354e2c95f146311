"""From words to the common model."""
