// Arrays whose elements have identities are merged like the members of an object; the order is merged too.

import JSONText

extension MergeRun {
    mutating func array(_ base: Int?, _ head: Int, _ push: Int) {
        let baseArray = base.flatMap { self.base?.kind($0) == .array ? $0 : nil }
        let baseSide = baseArray.flatMap { node in self.base.map { (tree: $0, node: node) } }
        switch ArrayShape([baseSide, (self.head, head), (self.push, push)]) {
        case .keyed(let field, let sides):
            elements(UniqueElements(base: baseArray == nil ? nil : sides[0], head: sides[1], push: sides[2]), field, base, head, push)
        case .set(let sides):
            elements(UniqueElements(base: baseArray == nil ? nil : sides[0], head: sides[1], push: sides[2]), nil, base, head, push)
        case .sequence:
            sequence(base, baseArray, head, push)
        }
    }

    private mutating func elements(
        _ sides: UniqueElements, _ field: UInt64?, _ base: Int?, _ head: Int, _ push: Int
    ) {
        let order = sides.order { sides.stays($0, in: self) }
        output.open(object: false)
        for (index, identity) in order.identities.enumerated() { element(identity, sides, field, index) }
        output.close(object: false)
        if order.identities != sides.push.identities { differsFromPush = true }
        if order.isDisputed { note(base, head: head, push: push, chosen: .both) }
    }

    private mutating func element(_ identity: UInt64, _ sides: UniqueElements, _ field: UInt64?, _ index: Int) {
        let (base, head, push) = (sides.base?.node(identity), sides.head.node(identity), sides.push.node(identity))
        place.steps.append(.element(index, identity: self.identity(head, push, field)))
        defer { place.steps.removeLast() }
        if let head, let push {
            value(base, head, push)
        } else if let head {
            if keepsHeadOnly(base, head) { output.element(.head, self.head.range(head)) }
        } else if let push, keepsPushOnly(base, push) {
            output.element(.push, self.push.range(push))
        }
    }

    private func identity(_ head: Int?, _ push: Int?, _ field: UInt64?) -> DocumentPath.Identity? {
        guard let field else { return nil }
        if let head { return Elements.member(self.head, head, field).map { DocumentPath.Identity(tree: self.head, node: $0) } }
        return push.flatMap { Elements.member(self.push, $0, field) }.map { DocumentPath.Identity(tree: self.push, node: $0) }
    }
}

/// The elements of the three arrays.
struct UniqueElements {
    let base: Elements?
    let head: Elements
    let push: Elements

    /// Whether the merged array contains the element: all except those that one side deleted and the other did not change.
    func stays(_ identity: UInt64, in run: MergeRun) -> Bool {
        guard let old = base?.node(identity), let tree = run.base else { return true }
        switch (head.node(identity), push.node(identity)) {
        case (let head?, nil): return tree.hash(old) != run.head.hash(head)
        case (nil, let push?): return tree.hash(old) != run.push.hash(push)
        default: return true
        }
    }

    /// The identities of the merged array in order, and whether the sides reordered it differently.
    func order(_ stays: (UInt64) -> Bool) -> (identities: [UInt64], isDisputed: Bool) {
        let (first, isDisputed) = leader()
        let second = first == .head ? push : head
        let lead = (first == .head ? head : push).identities.filter(stays)
        return (UniqueElements.weave(second.identities.filter(stays), into: lead, common: second), isDisputed)
    }

    /// The side whose order is used: the one that changed it, or the head if both did.
    private func leader() -> (Merge.Preference, isDisputed: Bool) {
        let ours = head.identities.filter { push.index[$0] != nil }
        let theirs = push.identities.filter { head.index[$0] != nil }
        if ours == theirs { return (.head, false) }
        guard let base else { return (.head, true) }
        let old = base.identities.filter { head.index[$0] != nil && push.index[$0] != nil }
        let oldOurs = ours.filter { base.index[$0] != nil }
        let oldTheirs = theirs.filter { base.index[$0] != nil }
        if oldOurs == oldTheirs || oldTheirs == old { return (.head, false) }
        return oldOurs == old ? (.push, false) : (.head, true)
    }

    /// Inserts elements that only the second side has: each after its predecessor there, and after elements that the first side
    /// inserted at the same place. Elements at the end of the second side stay at the end.
    private static func weave(_ second: [UInt64], into lead: [UInt64], common: Elements) -> [UInt64] {
        var position: [UInt64: Int] = [:]
        for (index, identity) in lead.enumerated() { position[identity] = index }
        // For each position, the end of the following run of elements that the second side does not have.
        var end = [Int](repeating: lead.count, count: lead.count + 1)
        for index in stride(from: lead.count - 1, through: 0, by: -1) {
            end[index] = common.index[lead[index]] == nil ? end[index + 1] : index
        }
        var inserted: [[UInt64]] = []
        var slots: [Int: Int] = [:]
        var slot = end[0]
        let last = second.lastIndex { position[$0] != nil }
        for (place, identity) in second.enumerated() {
            if let index = position[identity] {
                slot = place == last ? lead.count : end[index + 1]
            } else if let known = slots[slot] {
                inserted[known].append(identity)
            } else {
                slots[slot] = inserted.count
                inserted.append([identity])
            }
        }
        var result: [UInt64] = []
        result.reserveCapacity(second.count + lead.count)
        for index in 0...lead.count {
            if let known = slots[index] { result += inserted[known] }
            if index < lead.count { result.append(lead[index]) }
        }
        return result
    }
}
