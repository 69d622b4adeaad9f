"""Edition 1 of the record, in British English: ``composing`` says what is in it, ``pages`` sets it, ``base`` makes the file.

``edition`` puts it together. From version 0.1 on nothing in this folder is changed any more.
"""
