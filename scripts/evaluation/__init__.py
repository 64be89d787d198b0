"""How the model is measured; `scripts/evaluate.py` calls the parts in turn.

figures    the figures, each with how far it could be chance
messages   how well customers' messages are read
drafts     how well review sees that an agent's draft blames the customer
speed      messages a second beside other tools, load time and memory
"""
