"""Files of earlier revisions on their way into a draft: the register reads them one at a time, in the transaction that writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.domain.acts.envelope import Attachment
from intake.domain.base.refusals import Refusal
from intake.register.store.drafts import DraftFiles
from intake.services.installation.installation import Installation


class FiledFileNotHere(Refusal):
    what = "The file “{name}” of an earlier revision is not here."
    why = "A draft of the next revision holds the files of those before, so that none is left out unseen."
    next = "Fetch again from the exchange, then try again. Nothing was stored."


def files_here(installation: Installation, by_question: Mapping[str, Sequence[Attachment]]) -> DraftFiles:
    """These files by question, with the bytes that came with signed revisions. Reading one can raise FiledFileNotHere."""

    def bytes_of(file: Attachment) -> bytes:
        data = installation.register.queries.blob(file.sha256)
        if data is None:
            raise FiledFileNotHere(name=file.name)
        return data

    return DraftFiles(by_question, bytes_of)
