"""Files from outside are read in another process, so that what they do to a parser happens there and not here.

``Pool`` keeps one worker process or two and uses them again. A file gets 60 seconds and a worker 512 MiB; a worker that
takes longer, needs more or dies is replaced and costs only its file. What may be asked for is in ``tasks``; what comes
back is JSON of one declared shape and raw bytes, never a pickle. ``judge`` and ``show`` are what screens and commands
call.

This keeps the app alive, not safe from a parser that was taken over: a worker has the rights of the user. It holds no
key and no register, and what it says is compared with what is known here where that is possible.
"""
