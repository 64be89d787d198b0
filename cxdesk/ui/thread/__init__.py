"""An opened conversation: the customer's words first, each verdict on its words."""
