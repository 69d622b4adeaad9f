"""Reading resources by name."""

from __future__ import annotations

import pytest

import resources


def test_a_resource_is_read_by_its_name():
    source = resources.read("__init__.py")

    assert source.startswith(b'"""Content as data')


@pytest.mark.parametrize("name", ["nothing/here.svg", "../pyproject.toml", "", "/etc/hosts", "icons\\inbox.svg"])
def test_a_name_outside_the_package_is_missing(name):
    with pytest.raises(resources.ResourceMissing):
        resources.read(name)


def test_a_folder_that_is_not_there_is_missing():
    with pytest.raises(resources.ResourceMissing):
        resources.names("no-such-folder")
