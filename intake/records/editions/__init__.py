"""The editions of the record: everything that decides the bytes of its pages, under a number.

From version 0.1 on an edition that was released is never changed: not a word, not a measure, not a comma. What should read
or look otherwise becomes the next edition, in a new folder. It may import what it shares from an earlier edition,
never from a later one. A stored record of each is printed again by the tests (``tests/corpus/records``).
"""
