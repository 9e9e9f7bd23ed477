"""The commands of `sverka`, a module for each group; a module that holds `cli` is a part of the command line by being there."""
