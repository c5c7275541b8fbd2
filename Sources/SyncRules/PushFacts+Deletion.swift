// Decides about a deletion: it always deletes, and lists what the device may not know of what it deletes.

import JSONText

/// How a request tells which device it comes from.
public enum Naming: Sendable {
    /// By `device_id`, or by a key that is bound to the device.
    case named
    /// It does not; one device alone was ever seen with this key, IP and user agent.
    case assumed
    /// It does not, and no device was seen there, or several were.
    case nameless
}

extension PushFacts {
    /// Decides. `push` is the empty object, which is what a deletion leaves of a document; the head is not deleted.
    ///
    /// - Parameter load: as for `decide`.
    public func decideDeletion(by naming: Naming, load: (ContentHash) throws -> HeldText) throws -> DeletionDecision {
        guard preconditionHolds, let head = head?.content else { return .preconditionFailed }
        let base = try base(load: load)
        return .accept(base: base, unseen: try unseen(possibleBases(of: base, naming), head, load))
    }

    /// Whoever names no device where one was seen may be another one, unless it names the version that it deletes. Where none was seen, the
    /// newest fetch is the client's own.
    private func possibleBases(of base: PushBase, _ naming: Naming) -> [ContentHash?] {
        switch naming {
        case .named: possibleBases(base)
        case .assumed: [base.kind == .explicit ? base.content : nil]
        case .nameless: [base.content] + (base.kind == .explicit ? [] : fetchedDeletion)
        }
    }

    private func unseen(_ bases: [ContentHash?], _ head: ContentHash, _ load: (ContentHash) throws -> HeldText) throws -> [Overlap] {
        var places = Set<String>(), unseen: [Overlap] = []
        let headText = try load(head), empty = try load(push)
        for known in bases where known != head {
            let text = try known.map(load)
            let changes = try HeadChanges.find(known: text, head: headText, push: empty, result: empty, told: [])
            // Too many places are one, and so is a document without any that the device has never had.
            guard let changes, known != nil || !changes.isEmpty else {
                return [OverlapList.wholeDocument(base: text, head: headText, push: empty, chosen: .local).deleted]
            }
            unseen += changes.map(\.overlap.deleted).filter { places.insert($0.place).inserted }
        }
        return unseen
    }
}

extension Overlap {
    /// The same place, of which the deletion leaves nothing.
    fileprivate var deleted: Overlap { Overlap(path: path, place: place, base: base, local: nil, remote: remote, chosen: .local) }
}
