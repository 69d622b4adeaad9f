"""What a screen reader hears of a program, over the real accessibility bus. Run by the system's Python, which has its bindings.

One request in JSON per line of the input, one answer per line of the output:

    {"ask": "focus"}                       {"name", "role", "states", "description"} of what has the keyboard, or null
    {"ask": "tree"}                        every object in sight, in order, each with its path, its parent's first
    {"ask": "find", "role", "name"}        those of the tree with this role and these words in their name
    {"ask": "titled", "name"}              whether a window's title begins so
    {"ask": "do", "path", "action"}        whether the object took the action
    {"ask": "write", "path", "text"}       whether the field took the text
    {"ask": "frame"}                       left, top, width and height of the first window
    {"ask": "text", "path"}                what stands in the field
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version is chosen before

LONGEST_LIST = 300
"""Cells looked at in a list: some forty rows of it."""

LARGEST = 3_000
"""Objects looked at: rows of long lists are not all read."""


def program(name: str) -> Any:
    # Nothing is kept between two questions: no loop runs here that would hear what changed.
    while GLib.MainContext.default().iteration(False):
        pass
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    desktop.clear_cache()
    for number in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(number)
        if child is not None and (child.get_name() or "").startswith(name):
            child.set_cache_mask(Atspi.Cache.NONE)
            return child
    return None


def walk(node: Any, path: tuple[int, ...] = ()) -> Any:
    """Objects in sight, the outermost first."""
    waiting = [(node, path)]
    seen = 0
    while waiting and seen < LARGEST:
        here, where = waiting.pop()
        seen += 1
        try:
            states = here.get_state_set()
            inner = here.get_child_count()
            shown = not where or len(where) == 1 or states.contains(Atspi.StateType.SHOWING)
        except GLib.Error:
            continue  # gone meanwhile
        if not shown:
            continue
        yield here, where, states
        if here.get_role() in {Atspi.Role.TABLE, Atspi.Role.LIST, Atspi.Role.TREE_TABLE}:
            inner = min(inner, LONGEST_LIST)
        waiting += [
            (child, (*where, number))
            for number in reversed(range(inner))
            if (child := here.get_child_at_index(number)) is not None
        ]


def said(node: Any, where: tuple[int, ...], states: Any) -> dict[str, Any]:
    actions = node.get_action_iface()
    return {
        "path": list(where),
        "name": node.get_name() or "",
        "role": node.get_role_name(),
        "description": node.get_description() or "",
        "actions": [actions.get_action_name(number) for number in range(actions.get_n_actions())] if actions else [],
        "states": [
            name
            for name in ("FOCUSED", "FOCUSABLE", "CHECKED", "ENABLED", "EDITABLE", "SELECTED")
            if states.contains(getattr(Atspi.StateType, name))
        ],
    }


def at(node: Any, path: list[int]) -> Any:
    for number in path:
        node = node.get_child_at_index(number)
    return node


def answer(request: dict[str, Any], name: str) -> Any:  # noqa: PLR0911 - one for each question
    root = program(name)
    if root is None:
        return None
    match request["ask"]:
        case "tree":
            return [said(*found) for found in walk(root)]
        case "find":
            return [
                said(*found)
                for found in walk(root)
                if found[0].get_role_name() == request["role"] and request["name"] in (found[0].get_name() or "")
            ]
        case "titled":
            windows = [root.get_child_at_index(number) for number in range(root.get_child_count())]
            return any(window and (window.get_name() or "").startswith(request["name"]) for window in windows)
        case "focus":
            # The innermost that says so: a list and its row both do.
            for number in reversed(range(root.get_child_count())):
                window = root.get_child_at_index(number)
                if window is None or not window.get_state_set().contains(Atspi.StateType.ACTIVE):
                    continue
                found = [item for item in walk(window, (number,)) if item[2].contains(Atspi.StateType.FOCUSED)]
                return said(*found[-1]) if found else None
            return None
        case "do":
            actions = at(root, request["path"]).get_action_iface()
            number = next(n for n in range(actions.get_n_actions()) if actions.get_action_name(n) == request["action"])
            return actions.do_action(number)
        case "write":
            return at(root, request["path"]).get_editable_text_iface().set_text_contents(request["text"])
        case "frame":
            place = root.get_child_at_index(0).get_component_iface().get_extents(Atspi.CoordType.SCREEN)
            return [place.x, place.y, place.width, place.height]
        case "text":
            field = at(root, request["path"]).get_text_iface()
            return field.get_text(0, field.get_character_count())
    return None


def main() -> None:
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), sys.argv[1])
        except (GLib.Error, AttributeError):
            reply = None  # what was asked about is gone; the asker looks again
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


main()
