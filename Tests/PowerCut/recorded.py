"""One recording of story.py, and the states that a power cut may leave at each of its steps."""

import itertools
import json
import multiprocessing
import os
import pickle
import random
import re
import shutil
import sys
import tempfile

from calls import record
from disk import Disk, choices
from promises import Looker, Published, Timeline, faults, faults_of_the_tree
from recording import Reader
from steps import Mark, Sync
from tree import Tree

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../Data/easyimages")


def is_ignored(path):
    """What a site makes anew whenever it starts, logs, locks, and what `install.sh run` alone writes."""
    part, _, rest = path.partition("/")
    return rest.partition("/")[0] in ("run", "logs", "first-run.env", "first-run.env.new", "lock") or os.path.basename(path) == "lock"


def is_absent(path):
    """SQLite's shared memory: what is left of it after a start of the machine counts for nothing."""
    return path.endswith("-shm")


class Recording:
    def __init__(self, work):
        """Runs the story in a folder, and reads what it did."""
        root = os.path.join(work, "root")
        os.makedirs(root)
        shutil.copytree(SAMPLE, os.path.join(root, "old"))
        self.tree = Tree(root, is_ignored, is_absent)
        trace = os.path.join(work, "trace")
        record([sys.executable, os.path.join(HERE, "story.py"), work], trace)
        with open(trace, "rb") as file:
            reader = Reader(self.tree).read(file)
        self.traced = os.path.getsize(trace)
        os.unlink(trace)
        with open(os.path.join(work, "events.json")) as file:
            self.events = json.load(file)
        self.steps, self.published, self.timeline = reader.steps, Published(reader.published), Timeline(self.events, reader.steps)

    def kept(self, work):
        """Written to a file, for other processes."""
        path = os.path.join(work, "recording")
        with open(path, "wb") as file:
            pickle.dump(self, file)
        return path

    def points(self, event):
        """The steps from the beginning of an event to that of the next one."""
        began = self.timeline.began
        return range(began[event], began.get(event + 1, len(self.steps)))

    def some(self, count, condition):
        """One state at each of so many steps of the events that meet a condition."""
        dice = random.Random(3)
        points = [point for number, event in enumerate(self.events) if condition(event) for point in self.points(number)
                  if not self.is_quiet(self.steps[point])]
        # More than are wanted: some steps leave no state that differs from all others.
        keys = [key for key, _, _ in self.states(dice.sample(points, min(2 * count, len(points))))]
        chosen = [dice.choice(list(group)) for _, group in itertools.groupby(keys, lambda key: key[0])]
        for (number, _), promise, state in self.states(dice.sample(chosen, min(count, len(chosen)))):
            yield number, promise, state

    def is_quiet(self, step):
        """Whether only ignored files differ from before the step."""
        return not isinstance(step, (Mark, Sync)) and self.tree.ignores(step)

    def states(self, points=None, without=lambda step: False):
        """(key, promise, state) of all states that differ, by the steps; a state is there until the next one is asked for.

        - points: steps, or keys of states; None for all.
        - without: which syncs are left out.
        """
        disk, seen = Disk(self.tree), set()
        wanted = None if points is None else {point if isinstance(point, int) else point[0] for point in points}
        keys = {point for point in points or () if not isinstance(point, int)}
        for number, step in enumerate(self.steps):
            if not without(step):
                disk.take(number, step)
            if wanted is not None and number not in wanted or self.is_quiet(step):
                continue
            promise = self.timeline.at(number)
            for place, kept in enumerate(choices(disk.pending, random.Random(number)) if promise.parts else ()):
                if keys:
                    if (number, place) in keys:
                        yield (number, place), promise, disk.state(kept)
                    continue
                state = disk.state(kept)
                digest = len(promise.answered), state.digest(promise.parts)
                if digest not in seen:
                    seen.add(digest)
                    yield (number, place), promise, state


def room():
    """A folder in memory, where there is enough: states are many, and what is synced there need not be."""
    place = "/dev/shm" if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 1 << 30 else None
    return tempfile.TemporaryDirectory(prefix="imagebed-powercut-", dir=place)


def look(recording, states, limit=None):
    """(step, event, fault) of states, at most so many; and how many states were looked at."""
    found, count, looker = [], 0, Looker()
    for (number, _), promise, state in states:
        count += 1
        told = list(faults_of_the_tree(state, promise, recording.published))
        with room() as folder:
            state.make(folder, promise.parts)
            told += [fault.replace(folder, "") for fault in faults(folder, promise, looker)]
        found += [(number, promise.begun[-1], fault) for fault in told]
        if limit and len(found) >= limit:
            break
    looker.close()
    return found, count


def part(arguments):
    path, keys = arguments
    with open(path, "rb") as file:
        recording = pickle.load(file)
    return look(recording, recording.states(keys))


def look_at_all(recording, path, count, shares=2):
    """The faults of so many states, spread evenly over all, in processes side by side; how many they were, and how many there are."""
    keys = [key for key, _, _ in recording.states()]
    chosen = random.Random(11).sample(keys, min(count, len(keys)))
    with multiprocessing.get_context("spawn").Pool(shares) as pool:
        results = pool.map(part, [(path, set(chosen[share::shares])) for share in range(shares)], chunksize=1)
    return sorted(itertools.chain(*(found for found, _ in results))), sum(count for _, count in results), len(keys)


def is_sync(recording, pattern):
    """For `without`: whether a step is the sync of a file or folder one of whose paths the pattern matches ("None" for syncfs)."""
    def meets(step):
        paths = recording.tree.names.get(step.of, ["None"]) if isinstance(step, Sync) else []
        return any(re.fullmatch(pattern, path) for path in paths)
    return meets
