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
        guard let head else { return .accept(.asPushed(base)) }
        if isRetry { return .retry }
        guard let headContent = head.content else { return .accept(revival(of: head, base)) }
        if headContent == push { return .unchanged }
        return .accept(try newVersion(headContent, base, load: load))
    }
}

// Preconditions

extension PushFacts {
    /// A tombstone has no content that a condition could match (RFC 9110, 13.1.1: "no current representation").
    var preconditionHolds: Bool {
        if createOnly, head?.content != nil { return false }
        guard let ifMatch else { return true }
        return head?.content.map(ifMatch.holds) ?? false
    }

    /// Whether the head is the result of this same push; RFC 9110, 13.1.1 lets such a repeated request succeed.
    private var isRetryOfHead: Bool {
        guard let lastPush, let head, head.content != nil else { return false }
        return lastPush.content == push && lastPush.number == head.number
    }
}

// Retries

extension PushFacts {
    /// Whether the device pushed the same content last and has not been sent anything newer since. The merge in the answer to that push
    /// is nothing newer, because that answer may be lost, unless the client names it as its base.
    private var isRetry: Bool {
        guard let lastPush, lastPush.content == push else { return false }
        func isNewer(_ version: KnownVersion) -> Bool {
            version.number > lastPush.number || version.number == lastPush.number && version.content != push
        }
        let sent = [explicitBase, namesHead ? head : nil, attributedPullIsOwnAnswer ? nil : attributedPull]
        return !(sent.compactMap { $0 } + fetched).contains(where: isNewer)
    }
}

// Deleted files

extension PushFacts {
    /// The version that brings back a deleted file. A deletion that the device may not have seen is undone no more silently than any other
    /// change: only its own fetch of the deletion, before it ever had anything of the file, shows that it knows.
    private func revival(of head: KnownVersion, _ base: PushBase) -> NewVersion {
        var new = NewVersion.asPushed(base)
        let hasFetchedOnlyThat = base.kind == .none && !identityIsShared && fetched.contains(head)
        new.undoesDeletion = base.version != head.number && !hasFetchedOnlyThat
        return new
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

    func base(load: (ContentHash) throws -> HeldText) throws -> PushBase {
        if let named = namedBase, let base = try base(naming: named, load) { return base }
        if let attributedPull { return PushBase(.attributed, attributedPull) }
        // At first contact a fetch by an identity that other devices use is taken for theirs.
        let isFirstContact = lastPush == nil
        let evidence = isFirstContact && identityIsShared ? [] : evidence
        if let newest = evidence.first {
            return identityIsShared ? try nearest(evidence, load) : PushBase(.evidence, newest)
        }
        return lastPush.map { PushBase(.lastPush, $0) } ?? PushBase(.none, nil)
    }

    /// The version that the client names, if it can have it; otherwise what it pushed last. nil: neither.
    private func base(naming named: KnownVersion, _ load: (ContentHash) throws -> HeldText) throws -> PushBase? {
        if isKnown(named) { return PushBase(.explicit, named) }
        guard let lastPush else { return nil }
        guard namedBaseWasSent == .perhaps, named.number >= lastPush.number else { return PushBase(.lastPush, lastPush) }
        return try nearest([named], load)
    }

    /// Whether the device has the version that it names: it was sent to it, or made by its own unmerged push. A version before its last
    /// push is not all that it knows.
    private func isKnown(_ named: KnownVersion) -> Bool {
        guard named.number >= lastPush?.number ?? 0 else { return false }
        return named.number == 0 || named == attributedPull || namedBaseWasSent == .yes || named.content != nil && named.content == lastPush?.content
    }

    /// The version with the fewest differences from the push; of equally near ones the oldest, which undoes the least.
    private func nearest(_ evidence: [KnownVersion], _ load: (ContentHash) throws -> HeldText) throws -> PushBase {
        let candidates = [lastPush.map { PushBase(.lastPush, $0) }].compactMap { $0 }
            + evidence.reversed().map { PushBase(.evidence, $0) }
        // A single candidate needs no comparison.
        guard candidates.count > 1 else { return candidates[0] }
        let pushed = try load(push)
        var best = (base: candidates[0], changes: Int.max)
        for candidate in candidates {
            guard let content = candidate.content else { continue }
            let changes = content == push ? 0 : try Merge.changedPaths(from: load(content), to: pushed)
            if changes < best.changes { best = (candidate, changes) }
        }
        return best.base
    }
}
