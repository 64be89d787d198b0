"""How the shipped model is made; `scripts/train.py` calls the parts in turn.

network    the deep tier's network and its tokenizer, from the starting weights
lessons    labelled texts as the numbers that the network learns from
deep       trains the network
export     the trained network as an int8 ONNX file
fast       trains the fast tier on the labels and on what the deep tier thinks
weighing   fits how much each tier counts beside the rules
package    the spaCy package folder around it all
"""
