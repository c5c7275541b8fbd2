// The difference of two documents for people, by path. Values are slices of the documents, so that none is spelt anew.

import JSONText

/// What two versions of a document have different.
public enum Difference {
    /// One place.
    public struct Change {
        /// A JSON Pointer (RFC 6901) with indices of the newer document, or of the older one for an element that is gone. "" is the whole
        /// document.
        public let path: String
        /// nil if the value was added.
        public let before: TextSlice?
        /// nil if the value is gone.
        public let after: TextSlice?

        /// With at most so many characters of the path, because a path can be as long as the document.
        public func cut(to count: Int) -> Change {
            Change(path: String(String.UnicodeScalarView(path.unicodeScalars.prefix(count))), before: before, after: after)
        }
    }

    /// The documents have more values than are compared (`Merge.nodeLimit`).
    public struct TooLarge: Error {}

    /// Calls `found` for each place at which two minified documents differ, in their order, until it returns false. The order of an object's
    /// members is no difference.
    ///
    /// Elements of arrays are matched as in a merge; an array whose elements only stand in another order is one place.
    ///
    /// - Throws: `TooLarge`; JSONRefusal where a document is not minified JSON; whatever `found` throws.
    public static func each(from before: HeldText, to after: HeldText, _ found: @escaping (Change) throws -> Bool) throws {
        var trees = TreeBudget()
        guard let before = try trees.tree(before), let after = try trees.tree(after) else { throw TooLarge() }
        var run = DifferenceRun(before: before, after: after, found: found)
        do {
            try run.compare(0, 0)
        } catch is DifferenceRun.Stopped {}
    }
}

/// One comparison.
private struct DifferenceRun {
    struct Stopped: Error {}

    let before: JSONTree
    let after: JSONTree
    private let found: (Difference.Change) throws -> Bool
    private var place = DocumentPath()
    private var count = 0

    init(before: JSONTree, after: JSONTree, found: @escaping (Difference.Change) throws -> Bool) {
        (self.before, self.after, self.found) = (before, after, found)
    }

    mutating func compare(_ old: Int, _ new: Int) throws {
        if before.hash(old) == after.hash(new) { return }
        switch (before.kind(old), after.kind(new)) {
        case (.object, .object): try compareMembers(old, new)
        case (.array, .array): try compareElements(old, new)
        default: try tell(old, new)
        }
    }

    /// Goes on at a member or element; nil where one side has none.
    private mutating func step(_ step: DocumentPath.Step, _ old: Int?, _ new: Int?) throws {
        place.steps.append(step)
        if let old, let new { try compare(old, new) } else { try tell(old, new) }
        place.steps.removeLast()
    }

    private mutating func tell(_ old: Int?, _ new: Int?) throws {
        count += 1
        guard try found(Difference.Change(path: place.pointer, before: old.map(before.slice), after: new.map(after.slice))) else { throw Stopped() }
    }

    private mutating func compareMembers(_ old: Int, _ new: Int) throws {
        let former = MemberTable(before, old), present = MemberTable(after, new)
        for member in before.children(old) { try step(.key(before, member), member, present[before.keyHash(member)]) }
        for member in after.children(new) where former[after.keyHash(member)] == nil { try step(.key(after, member), nil, member) }
    }

    private mutating func compareElements(_ old: Int, _ new: Int) throws {
        let toldBefore = count
        if case .keyed(_, let elements) = ArrayShape([(before, old), (after, new)]), elements.count == 2 {
            try compareKeyed(elements[0], elements[1])
        } else {
            try compareSequence(before.children(old), after.children(new))
        }
        // Nothing but the order of its elements is different.
        if count == toldBefore { try tell(old, new) }
    }

    private mutating func compareKeyed(_ old: Elements, _ new: Elements) throws {
        for (index, identity) in old.identities.enumerated() {
            try step(.element(new.index[identity] ?? index, identity: nil), old.nodes[index], new.node(identity))
        }
        for (index, identity) in new.identities.enumerated() where old.index[identity] == nil {
            try step(.element(index, identity: nil), nil, new.nodes[index])
        }
    }

    private mutating func compareSequence(_ old: [Int], _ new: [Int]) throws {
        let pairs = SequenceMatch.pairs(old.map(before.hash), new.map(after.hash))
        var (from, otherFrom) = (0, 0)
        for pair in pairs + [SequenceMatch.Pair(one: old.count, other: new.count)] {
            try compareGap(old, from..<pair.one, new, otherFrom..<pair.other)
            (from, otherFrom) = (pair.one + 1, pair.other + 1)
        }
    }

    /// Elements between equal ones: as many as both have were changed, the rest was added or removed.
    private mutating func compareGap(_ old: [Int], _ olds: Range<Int>, _ new: [Int], _ news: Range<Int>) throws {
        let common = min(olds.count, news.count)
        for (index, other) in zip(olds, news) { try step(.element(other, identity: nil), old[index], new[other]) }
        for index in olds.dropFirst(common) { try step(.element(index, identity: nil), old[index], nil) }
        for index in news.dropFirst(common) { try step(.element(index, identity: nil), nil, new[index]) }
    }
}
