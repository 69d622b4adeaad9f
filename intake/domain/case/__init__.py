"""The fold: from the set of acts of one case to its state, by the rules R1 to R13 of the design.

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
"""
