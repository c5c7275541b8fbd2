// The decision about a push: a pure function of what is known, in the order of the rules of docs/json-sync.md.

import JSONText

extension PushFacts {
    /// Decides; `load` gives the minified bytes of a content and is asked only where they are needed.
    public func decide(load: (ContentHash) throws -> HeldText) throws -> PushDecision {
        guard preconditionHolds else { return isRetryOfHead ? .retry : .preconditionFailed }
        let base = try base(load: load)
        if onConflict == .reject, let head, base.content != head.content || head.content == nil && base.version != head.number {
            return isRetryOfHead ? .retry : .baseIsNotHead
        }
        guard let head, let headContent = head.content else { return .accept(.asPushed(base)) }
        if isRetry { return .retry }
        if headContent == push { return .unchanged }
        return .accept(try newVersion(headContent, base, load: load))
    }
}

// Rule 1: strict callers

extension PushFacts {
    /// A tombstone is no content that a condition could name (RFC 9110, 13.1.1: "no current representation").
    private var preconditionHolds: Bool {
        if createOnly, head?.content != nil { return false }
        switch ifMatch {
        case nil: return true
        case .any: return head?.content != nil
        case .hashes(let hashes): return head?.content.map(hashes.contains) ?? false
        }
    }

    /// Whether the head is what this very push made before; RFC 9110, 13.1.1 lets such a request succeed.
    private var isRetryOfHead: Bool {
        guard let lastPush, let head, head.content != nil else { return false }
        return lastPush.content == push && lastPush.number == head.number
    }
}

// Rule 2: retries

extension PushFacts {
    /// The same content again by a device that nothing newer was sent to.
    private var isRetry: Bool {
        guard let lastPush, lastPush.content == push else { return false }
        func isNewer(_ version: KnownVersion) -> Bool {
            version.number > lastPush.number || version.number == lastPush.number && version.content != push
        }
        if namesHead, let head, isNewer(head) { return false }
        return !([explicitBase, attributedPull].compactMap { $0 } + fetched).contains(where: isNewer)
    }

    /// Whether the caller showed by `If-Match` that it knows the head.
    private var namesHead: Bool {
        guard case .hashes(let hashes) = ifMatch else { return false }
        return head?.content.map(hashes.contains) ?? false
    }
}

// Rule 3: the base

extension PushFacts {
    /// Fetched versions that are compared; a device asks for few between two pushes.
    public static let evidenceLimit = 16

    /// The fetched versions that may be the base, newest first.
    var evidence: [KnownVersion] {
        Array(fetched.filter { $0.content != nil }.sorted { $0.number > $1.number }.prefix(PushFacts.evidenceLimit))
    }

    private func base(load: (ContentHash) throws -> HeldText) throws -> PushBase {
        if let explicitBase { return PushBase(.explicit, explicitBase) }
        if namesHead { return PushBase(.explicit, head) }
        if let attributedPull { return PushBase(.attributed, attributedPull) }
        let evidence = evidence
        if let newest = evidence.first {
            return identityIsShared ? try nearest(evidence, load) : PushBase(.evidence, newest)
        }
        return lastPush.map { PushBase(.lastPush, $0) } ?? PushBase(.none, nil)
    }

    /// The version that the push differs from in the fewest places; of equally near ones the oldest, which undoes least.
    private func nearest(_ evidence: [KnownVersion], _ load: (ContentHash) throws -> HeldText) throws -> PushBase {
        let candidates = [lastPush.map { PushBase(.lastPush, $0) }].compactMap { $0 }
            + evidence.reversed().map { PushBase(.evidence, $0) }
        // One candidate needs no measuring.
        guard candidates.count > 1 else { return candidates[0] }
        let pushed = try load(push)
        var best = (base: candidates[candidates.count - 1], changes: Int.max)
        for candidate in candidates {
            guard let content = candidate.content else { continue }
            let changes = content == push ? 0 : try Merge.changedPaths(from: load(content), to: pushed)
            if changes < best.changes { best = (candidate, changes) }
        }
        return best.base
    }
}
