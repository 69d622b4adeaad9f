"""What a use case, a revision, an opinion, a decision and a roster are, and the rules between them.

Standard library only, frozen values, no input or output, no clock, no random numbers: the same acts give the same state.
"""
