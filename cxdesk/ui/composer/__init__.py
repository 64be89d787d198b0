"""Where the reply is written: the agent's words, what review says of them, and Send."""
