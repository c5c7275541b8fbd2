// One merge: descends into the three trees in parallel and writes the result. This file has values and objects; arrays are in extensions.

import JSONText

struct MergeRun {
    let base: JSONTree?
    let head: JSONTree
    let push: JSONTree
    let prefer: Merge.Preference
    var output: MergedText
    var overlaps = OverlapList()
    /// Whether the result differs from the push, because something was added, omitted or reordered.
    var differsFromPush = false
    var place = DocumentPath()

    init(base: JSONTree?, head: JSONTree, push: JSONTree, prefer: Merge.Preference) {
        self.base = base
        self.head = head
        self.push = push
        self.prefer = prefer
        output = MergedText(base: base?.text ?? head.text, head: head.text, push: push.text)
    }

    mutating func document() {
        value(base == nil ? nil : 0, 0, 0)
    }

    /// Merges a value that both sides have.
    mutating func value(_ base: Int?, _ head: Int, _ push: Int) {
        let headHash = self.head.hash(head), pushHash = self.push.hash(push)
        if let base, let tree = self.base {
            if tree.hash(base) == pushHash, headHash != pushHash || isSpelled(base, as: push) { return takeHead(head, for: push) }
            if tree.hash(base) == headHash { return takePush(push) }
        }
        if headHash == pushHash { return takePush(push) }
        switch (self.head.kind(head), self.push.kind(push)) {
        case (.object, .object): object(base, head, push)
        case (.array, .array): array(base, head, push)
        default: overlap(base, head, push)
        }
    }

    /// Whether two equal values also have equal bytes: then a different spelling at the head is a change.
    private func isSpelled(_ base: Int, as push: Int) -> Bool {
        guard let tree = self.base else { return false }
        return tree.slice(base).withBytes { one in self.push.slice(push).withBytes { one.elementsEqual($0) } }
    }

    private mutating func takeHead(_ node: Int, for push: Int) {
        output.element(.head, head.range(node))
        if head.hash(node) != self.push.hash(push) { differsFromPush = true }
    }

    private mutating func takePush(_ node: Int) { output.element(.push, push.range(node)) }

    private mutating func overlap(_ base: Int?, _ head: Int, _ push: Int) {
        if prefer == .push { takePush(push) } else { takeHead(head, for: push) }
        note(base, head: head, push: push, chosen: prefer == .push ? .local : .remote)
    }

    mutating func note(_ base: Int?, head: Int?, push: Int?, chosen: Overlap.Chosen) {
        overlaps.note(
            place, base: base.flatMap { self.base?.slice($0) }, local: push.map(self.push.slice),
            remote: head.map(self.head.slice), chosen: chosen)
    }
}

// Members of one side only

extension MergeRun {
    /// Whether a value that only the head has is kept; reports an overlap if the push deleted what the head changed.
    mutating func keepsHeadOnly(_ base: Int?, _ head: Int) -> Bool {
        guard let base, let tree = self.base else { return true }
        if tree.hash(base) == self.head.hash(head) { return false }
        note(base, head: head, push: nil, chosen: .remote)
        return true
    }

    /// The same for a value that only the push has.
    mutating func keepsPushOnly(_ base: Int?, _ push: Int) -> Bool {
        guard let base, let tree = self.base else { return true }
        if tree.hash(base) == self.push.hash(push) { return false }
        note(base, head: nil, push: push, chosen: .local)
        return true
    }
}

// Objects

extension MergeRun {
    /// The union of the keys: the head's in its order, then those that only the push has.
    private mutating func object(_ base: Int?, _ head: Int, _ push: Int) {
        let baseMembers = MemberTable(self.base, base)
        let pushMembers = MemberTable(self.push, push)
        output.open(object: true)
        for member in self.head.children(head) {
            let key = self.head.keyHash(member)
            self.member(baseMembers[key], member, pushMembers[key])
        }
        let headMembers = MemberTable(self.head, head)
        for member in self.push.children(push) where headMembers[self.push.keyHash(member)] == nil {
            newMember(baseMembers[self.push.keyHash(member)], member)
        }
        output.close(object: true)
    }

    private mutating func member(_ base: Int?, _ member: Int, _ push: Int?) {
        place.steps.append(.key(head, member))
        defer { place.steps.removeLast() }
        if let push {
            output.key(.head, head.keyRange(member))
            value(base, member, push)
        } else if keepsHeadOnly(base, member) {
            output.element(.head, head.keyRange(member).lowerBound..<head.range(member).upperBound)
            differsFromPush = true
        }
    }

    private mutating func newMember(_ base: Int?, _ member: Int) {
        place.steps.append(.key(push, member))
        defer { place.steps.removeLast() }
        if keepsPushOnly(base, member) {
            output.element(.push, push.keyRange(member).lowerBound..<push.range(member).upperBound)
        } else {
            differsFromPush = true
        }
    }
}
