// Arrays whose elements have no identity: diff3 on the hashes of the elements.

import JSONText

extension MergeRun {
    /// Merges two arrays with `baseArray` as the base, or without a base array with their common elements as the base; `base` is the old
    /// value at this place, which may be of another type.
    mutating func sequence(_ base: Int?, _ baseArray: Int?, _ head: Int, _ push: Int) {
        let headNodes = self.head.children(head), pushNodes = self.push.children(push)
        let headHashes = headNodes.map(self.head.hash), pushHashes = pushNodes.map(self.push.hash)
        let old: [UInt64]
        if let baseArray, let tree = self.base {
            old = tree.children(baseArray).map(tree.hash)
        } else {
            old = SequenceMatch.pairs(headHashes, pushHashes).map { headHashes[$0.one] }
        }
        var merge = SequenceMerge(base: old, head: headHashes, push: pushHashes, prefer: prefer)
        merge.run()
        output.open(object: false)
        for element in merge.result {
            switch element {
            case .head(let index): output.element(.head, self.head.range(headNodes[index]))
            case .push(let index): output.element(.push, self.push.range(pushNodes[index]))
            }
        }
        output.close(object: false)
        let hashes = merge.resultHashes
        if hashes != pushHashes { differsFromPush = true }
        if merge.isDisputed {
            note(base, head: head, push: push, chosen: hashes == pushHashes ? .local : hashes == headHashes ? .remote : .both)
        }
    }
}

/// The three-way merge of sequences of hashes.
struct SequenceMerge {
    enum Element: Equatable { case head(Int), push(Int) }

    /// A range of the base that one side replaced by a range of its own; either may be empty.
    struct Change {
        var base: Range<Int>
        var side: Range<Int>
    }

    let base: [UInt64]
    let head: [UInt64]
    let push: [UInt64]
    let prefer: Merge.Preference
    private let headChanges: [Change]
    private let pushChanges: [Change]
    private(set) var result: [Element] = []
    /// Whether both sides changed the same range differently.
    private(set) var isDisputed = false

    init(base: [UInt64], head: [UInt64], push: [UInt64], prefer: Merge.Preference) {
        (self.base, self.head, self.push, self.prefer) = (base, head, push, prefer)
        headChanges = SequenceMerge.changes(base, head)
        pushChanges = SequenceMerge.changes(base, push)
    }

    var resultHashes: [UInt64] {
        result.map { element in
            switch element {
            case .head(let index): head[index]
            case .push(let index): push[index]
            }
        }
    }

    static func changes(_ base: [UInt64], _ side: [UInt64]) -> [Change] {
        var changes: [Change] = []
        var (from, sideFrom) = (0, 0)
        for pair in SequenceMatch.pairs(base, side) + [SequenceMatch.Pair(one: base.count, other: side.count)] {
            if from < pair.one || sideFrom < pair.other {
                changes.append(Change(base: from..<pair.one, side: sideFrom..<pair.other))
            }
            (from, sideFrom) = (pair.one + 1, pair.other + 1)
        }
        return changes
    }

    /// Overlapping or adjacent changes of both sides.
    private struct Group {
        var base: Range<Int>
        var head: [Change] = []
        var push: [Change] = []
    }

    mutating func run() {
        var (ours, theirs) = (headChanges[...], pushChanges[...])
        // Offset of each side relative to the base.
        var (headShift, pushShift) = (0, 0)
        var at = 0
        while let first = SequenceMerge.first(ours.first, theirs.first) {
            var group = Group(base: first.base)
            SequenceMerge.gather(&group, &ours, &theirs)
            for index in at..<group.base.lowerBound { result.append(.push(index + pushShift)) }
            let headFrom = group.base.lowerBound + headShift, pushFrom = group.base.lowerBound + pushShift
            headShift += group.head.reduce(0) { $0 + $1.side.count - $1.base.count }
            pushShift += group.push.reduce(0) { $0 + $1.side.count - $1.base.count }
            at = group.base.upperBound
            settle(group, headFrom..<(at + headShift), pushFrom..<(at + pushShift))
        }
        for index in at..<base.count { result.append(.push(index + pushShift)) }
    }

    private static func first(_ one: Change?, _ other: Change?) -> Change? {
        guard let one, let other else { return one ?? other }
        return (other.base.lowerBound, other.base.upperBound) < (one.base.lowerBound, one.base.upperBound) ? other : one
    }

    /// Adds the changes that touch the group, and repeats until no more do.
    private static func gather(_ group: inout Group, _ ours: inout ArraySlice<Change>, _ theirs: inout ArraySlice<Change>) {
        var grew = true
        while grew {
            grew = false
            if let change = ours.first, meets(change.base, group.base) {
                group.head.append(ours.removeFirst())
                group.base = group.base.lowerBound..<max(group.base.upperBound, change.base.upperBound)
                grew = true
            }
            if let change = theirs.first, meets(change.base, group.base) {
                group.push.append(theirs.removeFirst())
                group.base = group.base.lowerBound..<max(group.base.upperBound, change.base.upperBound)
                grew = true
            }
        }
    }

    /// Whether two ranges share an element, are empty at the same index, or one is empty and inside the other.
    private static func meets(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        if one == other { return true }
        if one.isEmpty { return other.lowerBound < one.lowerBound && one.lowerBound < other.upperBound }
        if other.isEmpty { return one.lowerBound < other.lowerBound && other.lowerBound < one.upperBound }
        return max(one.lowerBound, other.lowerBound) < min(one.upperBound, other.upperBound)
    }
}

// Resolution of overlapping changes

extension SequenceMerge {
    private mutating func settle(_ group: Group, _ ours: Range<Int>, _ theirs: Range<Int>) {
        let onlyHeadDeletes = group.head.allSatisfy(\.side.isEmpty), onlyPushDeletes = group.push.allSatisfy(\.side.isEmpty)
        if group.push.isEmpty {
            result += ours.map { .head($0) }
        } else if group.head.isEmpty || head[ours] == push[theirs] {
            result += theirs.map { .push($0) }
        } else if group.base.isEmpty {
            union(ours, theirs)
        } else if onlyHeadDeletes, onlyPushDeletes {
            keep(theirs, of: pushChanges, without: group.head, make: Element.push)
        } else if onlyPushDeletes {
            isDisputed = true
            keep(ours, of: headChanges, without: group.push, make: Element.head)
        } else if onlyHeadDeletes {
            isDisputed = true
            keep(theirs, of: pushChanges, without: group.head, make: Element.push)
        } else {
            isDisputed = true
            result += prefer == .push ? theirs.map { .push($0) } : ours.map { .head($0) }
        }
    }

    /// Both sides added elements at the same place: keep all of them, common ones once, the head's first.
    private mutating func union(_ ours: Range<Int>, _ theirs: Range<Int>) {
        var (one, other) = (ours.lowerBound, theirs.lowerBound)
        for pair in SequenceMatch.pairs(Array(head[ours]), Array(push[theirs])) {
            result += (one..<(ours.lowerBound + pair.one)).map { .head($0) }
            result += (other..<(theirs.lowerBound + pair.other)).map { .push($0) }
            result.append(.push(theirs.lowerBound + pair.other))
            (one, other) = (ours.lowerBound + pair.one + 1, theirs.lowerBound + pair.other + 1)
        }
        result += (one..<ours.upperBound).map { .head($0) }
        result += (other..<theirs.upperBound).map { .push($0) }
    }

    /// A side's elements in the group, except for those from the base that the other side deleted.
    private mutating func keep(
        _ side: Range<Int>, of changes: [Change], without deletions: [Change], make: (Int) -> Element
    ) {
        // The first change of this side in the group; elements between changes are the base's.
        var next = changes.partitioningIndex { $0.side.upperBound > side.lowerBound || $0.side.lowerBound >= side.lowerBound }
        var deletion = 0
        var index = side.lowerBound
        var shift = next > 0 ? changes[next - 1].side.upperBound - changes[next - 1].base.upperBound : 0
        while index < side.upperBound {
            while next < changes.count, changes[next].side.upperBound <= index {
                shift = changes[next].side.upperBound - changes[next].base.upperBound
                next += 1
            }
            if next < changes.count, changes[next].side.contains(index) {
                result.append(make(index))
            } else {
                let old = index - shift
                while deletion < deletions.count, deletions[deletion].base.upperBound <= old { deletion += 1 }
                if deletion == deletions.count || !deletions[deletion].base.contains(old) { result.append(make(index)) }
            }
            index += 1
        }
    }
}

extension [SequenceMerge.Change] {
    /// The first index from which the condition holds; it must then hold to the end.
    fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
