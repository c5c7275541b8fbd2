// Decides about a push: a pure function of its facts, documented in docs/json-sync.md.

import JSONText

extension PushFacts {
    /// Decides; `load` returns the minified bytes of a content and is called only if they are needed.
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

// Preconditions

extension PushFacts {
    /// A tombstone has no content that a condition could match (RFC 9110, 13.1.1: "no current representation").
    private var preconditionHolds: Bool {
        if createOnly, head?.content != nil { return false }
        switch ifMatch {
        case nil: return true
        case .any: return head?.content != nil
        case .hashes(let hashes): return head?.content.map(hashes.contains) ?? false
        }
    }

    /// Whether the head is the result of this same push; RFC 9110, 13.1.1 lets such a repeated request succeed.
    private var isRetryOfHead: Bool {
        guard let lastPush, let head, head.content != nil else { return false }
        return lastPush.content == push && lastPush.number == head.number
    }
}

// Retries

extension PushFacts {
    /// Whether the device pushed the same content last and has not been sent anything newer since.
    private var isRetry: Bool {
        guard let lastPush, lastPush.content == push else { return false }
        func isNewer(_ version: KnownVersion) -> Bool {
            version.number > lastPush.number || version.number == lastPush.number && version.content != push
        }
        if namesHead, let head, isNewer(head) { return false }
        return !([explicitBase, attributedPull].compactMap { $0 } + fetched).contains(where: isNewer)
    }

    /// Whether `If-Match` shows that the client knows the head.
    private var namesHead: Bool {
        guard case .hashes(let hashes) = ifMatch else { return false }
        return head?.content.map(hashes.contains) ?? false
    }
}

// The base version

extension PushFacts {
    /// Fetched versions that are compared; a device fetches few between two pushes.
    public static let evidenceLimit = 16

    /// The fetched versions that may be the base version, newest first.
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

    /// The version with the fewest differences from the push; of equally near ones the oldest, which undoes the least.
    private func nearest(_ evidence: [KnownVersion], _ load: (ContentHash) throws -> HeldText) throws -> PushBase {
        let candidates = [lastPush.map { PushBase(.lastPush, $0) }].compactMap { $0 }
            + evidence.reversed().map { PushBase(.evidence, $0) }
        // A single candidate needs no comparison.
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
