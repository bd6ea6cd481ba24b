"""What was sent, given back with what is wrong marked in it: coloured cells, a note in each, and a list with links."""
