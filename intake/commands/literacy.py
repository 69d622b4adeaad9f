"""Literacy: the chapters on why things are as they are, and the signed record of who has read them."""

from __future__ import annotations

from typing import Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.domain.acts.kinds import TRAINING
from intake.domain.base.refusals import Refusal


class NotConfirmed(Refusal):
    what = "Nothing was signed, because you did not say that you have read the chapters."
    why = "A training record states that somebody has read something; it is worth as much as it is true."
    next = "Read them with: countersign literacy list --text. Then acknowledge them and answer yes."


def list_chapters(
    given: CommandContext,
    text: Annotated[bool, Flag("Show the chapters themselves.")] = False,
) -> Reply:
    """List the chapters, what you have signed of them, and who has a training record."""
    from intake.services.organisation import literacy as service

    installation = given.installation
    playbook = installation.shelf.current
    person = given.person or given.workspace.settings().person
    waiting = {chapter.id for chapter in service.unread(installation, person, playbook)} if person else None
    lines: list[str] = []
    chapters: list[dict[str, Any]] = []
    for chapter in service.chapters(installation):
        signed = waiting is not None and chapter.id not in waiting
        lines.append(f"{'signed ' if signed else 'to read'}  {chapter.id:24} {chapter.title}")
        if text:
            lines += [f"    {paragraph}" for paragraph in chapter.text]
            lines += [f"    Source: {playbook.cited(source)}" for source in chapter.sources]
        chapters.append(
            {
                "id": chapter.id,
                "title": chapter.title,
                "text": list(chapter.text),
                "sources": [playbook.cited(source) for source in chapter.sources],
                "signed": signed,
            }
        )
    records = service.records(installation)
    lines += [f"{item.at.date().isoformat()}  {item.person:20} {len(item.chapters)} chapters" for item in records]
    return Reply(
        tuple(lines) or ("The playbook has no chapters.",),
        {
            "playbook": playbook.digest,
            "person": person,
            "chapters": chapters,
            "records": [
                {
                    "person": item.person,
                    "name": item.name,
                    "at": item.at.isoformat(),
                    "playbook": item.playbook,
                    "chapters": list(item.chapters),
                    "act": item.act,
                }
                for item in records
            ],
        },
    )


def acknowledge(
    given: CommandContext,
    chapters: Annotated[list[str] | None, Argument("Ids of chapters; all you have not signed yet.")] = None,
    yes: Annotated[bool, Flag("Say that you have read them, without being asked.")] = False,
) -> Reply:
    """Sign that you have read chapters."""
    from intake.services.organisation import literacy as service

    installation = given.installation
    person = given.who()
    playbook = installation.shelf.current
    read = tuple(chapters or (item.id for item in service.unread(installation, person, playbook)))
    known = {item.id: item.title for item in service.chapters(installation)}
    if unknown := [name for name in read if name not in known]:
        raise service.UnknownChapter(chapter=unknown[0][:60])
    if not read:
        raise service.NothingRead
    for name in read:
        given.say(f"  {known[name]}")
    if not yes and not given.confirm("Have you read these chapters?"):
        raise NotConfirmed
    act = service.acknowledge(installation, given.signer(TRAINING), read, read_in=playbook.digest)
    left = [item.id for item in service.unread(installation, person, installation.shelf.current)]
    words = "Nothing is left to read." if not left else f"Still to read: {', '.join(left)}."
    return Reply(
        (f"Signed: {act}", words),
        {"act": act, "person": person, "chapters": list(read), "left": left, "trained": not left},
    )
