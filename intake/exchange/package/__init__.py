"""The package file: its archive, its manifest, its signature, and every reason to refuse one."""
