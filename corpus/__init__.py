"""Which reports exist, where their bytes are, and who published them."""
