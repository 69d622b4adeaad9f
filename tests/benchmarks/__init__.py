"""Benchmarks: every figure is a ratio to a floor measured in the same run, beside the goal of the design.

``make bench`` runs them all; ``python -m tests.benchmarks record fold`` only some. They are no tests: a slow machine
makes no run red.
"""
