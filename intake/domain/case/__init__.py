"""The fold: from the set of acts of one case to its state, by the rules R1 to R14 of the design.

``fold.fold_case`` is the only door. It is a pure function of a set: any order, any repetition and any way of splitting the
acts between registers that later merge give the identical state. It has no clock; what time adds is in ``status``.

Reading order: ``graph`` (who descends from whom, what waits), ``forks``, ``ownership`` and ``parties`` (whose case it is, and
who has a part in it), ``playbook_rules`` (what only a playbook tells), ``gate`` (what scaled use must find before it), ``judge``
(what each act may do), ``pairs`` and ``fates`` (when two opinions are a decision, and what became of it), ``decision``,
``suspensions`` (what both have to lift), ``newer_engines`` (what only a newer version can judge), ``seals`` and ``records`` (which
file is its record), ``repeats`` (what has been said already), ``replacing`` (what a later act took the place of), ``fold`` (the
state, and whose turn it is), ``remarks`` (what people said, and what of it is resolved). From the state: ``filed`` (the
numbered revisions), ``standings`` (what each act is worth now), ``stop`` (what was approved and does not hold any more),
``next_act`` (what is to be done by who looks), ``summary`` (one row of a list).

Where each rule is, with what the rest of the domain and the register know of it:

    R1   the state is that of the set          fold.fold_case
    R2   what waits, and what never does       graph.Graph.waits_for  judge.Judge
    R3   forks                                 forks.forks
    R4   rights, and kinds nobody knows        ownership.Ownership.needed  judge.Judge.blocks
    R5   who replaces what                     pairs.Opinions.replaced  replacing.replaced
    R6   pairs and their fate                  fates.fated  pairs.Opinions.weighed  parties.Parties.has  agreements.Agreements
    R7   what time adds                        status.status  unseen.unseen
    R8   as known on a day                     record_standing.record_standing  standing_said.KnownBy
    R9   the order on the screen               graph.Graph.places
    R10  granted is judged                     playbook_rules.AskedOfPlaybook.ungranted
    R11  acceptance                            acceptance.Acceptances  accepters.Accepters.against  holding.Holding.awaited
    R12  suspension, and what ends             suspensions.suspensions  closing.Closing  handing.Handing
    R13  the gate                              gate.against_gate
    R14  commitments                           commitments.commitments  promised.Promised  carrying.against_carrying
"""
