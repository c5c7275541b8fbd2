"""The steps of a recording."""

from collections import namedtuple

# `of`: the number of a file or folder; `names`: changes ((folder, name), number or None); `before`: how many steps a sync covers.
Write = namedtuple("Write", "of offset content")
Resize = namedtuple("Resize", "of size")
Names = namedtuple("Names", "changes")
Sync = namedtuple("Sync", "of before")
# What the driver said: the number of an event, and "begin", "answer" or "end".
Mark = namedtuple("Mark", "event what")
