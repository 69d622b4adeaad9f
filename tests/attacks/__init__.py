"""Every attack somebody could try, what it meets, and the test that tries it: `make attack`.

``catalogue`` names the attacks, ``markers`` finds the tests that try them, ``table`` brings the two together.
"""
