"""A second reader, a language model or a person with a chat window: what it is asked, and what of its answers is believed."""
