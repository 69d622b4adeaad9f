"""What others write and read: bytes in, plain frozen data out.

A format knows neither the register nor the playbook; a service decides what its content means here.
"""
