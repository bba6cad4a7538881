"""点题: setting a topic, confirming it, and the decisions an issuer owes."""
