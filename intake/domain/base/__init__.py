"""What every folder of the domain is built on: canonical JSON, names, refusals and places in a file."""
