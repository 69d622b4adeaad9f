"""What every room of the domain is built on: canonical JSON, names, refusals and where in a file something stands."""
