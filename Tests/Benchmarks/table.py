# The table of figures: what was measured, against what, the ratio, and the bound that it has to keep.

import statistics


def interleaved(rounds, *actions):
    """Medians of what the actions return, which take turns."""
    values = [[] for _ in actions]
    for _ in range(rounds):
        for action, found in zip(actions, values):
            found.append(action())
    return [statistics.median(found) for found in values]


def in_turns(rounds, *actions):
    """As `interleaved`, but a list of what each action returned: for ratios of each turn."""
    turns = [[action() for action in actions] for _ in range(rounds)]
    return list(zip(*turns))


class Table:
    def __init__(self):
        self.missed = []

    def ratio(self, name, ours, yardstick, unit, at_least=None, at_most=None):
        """One row: both figures and ours divided by the yardstick's."""
        ratio = ours / yardstick
        self.row(name, f"{figure(ours)} {unit} against {figure(yardstick)} {unit}", ratio, "x", at_least, at_most)

    def ratios(self, name, ours, yardstick, unit, at_least=None, at_most=None):
        """One row: the median of the ratios of each turn, and how far they were apart."""
        each = sorted(one / other for one, other in zip(ours, yardstick))
        self.row(name, f"{each[0]:.2f} to {each[-1]:.2f}: {figure(statistics.median(ours))} {unit} against "
                       f"{figure(statistics.median(yardstick))} {unit}", statistics.median(each), "x", at_least, at_most)

    def value(self, name, value, unit, at_most=None):
        self.row(name, "", value, unit, None, at_most)

    def row(self, name, detail, value, unit, at_least, at_most):
        bound, kept = "", True
        if at_least is not None:
            bound, kept = f">= {at_least:g}", value >= at_least
        if at_most is not None:
            bound, kept = f"<= {at_most:g}", value <= at_most
        state = ("ok" if kept else "MISSED") if bound else ""
        print(f"{name:<52} {value:>8.2f} {unit:<3} {bound:<8} {state:<7} {detail}", flush=True)
        if not kept:
            self.missed.append(name)

    def summary(self):
        print(f"missed: {', '.join(self.missed)}" if self.missed else "every figure is within its bound")


def figure(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
