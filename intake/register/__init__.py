"""The register: the store of signed acts and what is computed from them, in one SQLite file per installation.

Nothing is imported here, so that ``first_page`` can be reached without SQLAlchemy.
"""
