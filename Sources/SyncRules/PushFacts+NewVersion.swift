// Whether a new version is the push or a merge, and which conflicts are reported to the device and its owner.

import JSONText

extension PushFacts {
    /// Versions of which the device was informed that are compared.
    private static let toldLimit = 4

    /// Whether the base version is a guess. An attributed pull is not, unless something newer was fetched without a device id, or the
    /// client names a base that it cannot have; neither is no base, unless there were fetches that may have been the device's.
    func isGuess(_ base: PushBase) -> Bool {
        switch base.kind {
        case .evidence: true
        case .lastPush: !pullsAreAttributed || attributedPull != nil
        case .attributed: namedBase != nil || fetched.contains { $0.number > base.version }
        case .none: namedBase != nil || !evidence.isEmpty
        case .explicit: false
        }
    }

    /// Versions that the device may have had; nil stands for no version. For a guessed base these are its last push, its attributed
    /// pull, the version that it names and everything that its identity fetched, because one version alone does not show a value that
    /// changed and changed back, and nothing if that fetched a deletion. In a fixed order, so that conflicts are reported in a fixed order.
    func possibleBases(_ base: PushBase) -> [ContentHash?] {
        guard isGuess(base) else { return [base.content] }
        let named = [attributedPull, namedBase].compactMap { $0 }.map(\.content)
        let all = [lastPush?.content] + named + evidence.map(\.content) + fetchedDeletion
        return all.indices.filter { !all[..<$0].contains(all[$0]) }.map { all[$0] }
    }

    /// No version, if the device may have fetched a deletion.
    var fetchedDeletion: [ContentHash?] { fetched.contains { $0.content == nil } ? [nil] : [] }

    func newVersion(
        _ head: ContentHash, _ base: PushBase, load loadOnce: (ContentHash) throws -> HeldText
    ) throws -> NewVersion {
        let bases = possibleBases(base)
        if base.content == head, !isGuess(base) || bases == [head] { return .asPushed(base) }
        var loaded: [ContentHash: HeldText] = [:]
        func load(_ content: ContentHash) throws -> HeldText {
            if let text = loaded[content] { return text }
            let text = try loadOnce(content)
            loaded[content] = text
            return text
        }
        let merge = base.content == head ? Merge(merged: nil, overlaps: [])
            : try Merge.threeWay(
                base: base.content.map(load), head: load(head), push: load(push),
                prefer: onConflict == .preferHead ? .head : .push)
        if merge.pushHoldsEverything, !isGuess(base) { return .asPushed(base) }
        let told = try toldContents.map(load)
        let result = try merge.merged.map { HeldText($0.bytes) } ?? load(push)
        var changes: [HeadChange]? = []
        if isGuess(base) || !told.isEmpty {
            for known in bases where known != head {
                let found = try HeadChanges.find(
                    known: known.map(load), head: load(head), push: load(push), result: result, told: told)
                changes = found.flatMap { found in changes.map { $0 + found } }
            }
        }
        if let changes { return tell(base, merge, changes) }
        // Too large to compare: for a guessed base the whole document is reported.
        let whole = isGuess(base) ? [OverlapList.wholeDocument(
            base: try lastPush?.content.map(load), head: try load(head), push: try load(push),
            chosen: merge.merged == nil ? .local : .both)] : merge.overlaps
        return NewVersion(base: base, merged: merge.merged, conflict: true, paths: whole)
    }

    /// Reports every overlap; also what a guessed base may hide, unless the device was informed of it before and the merge keeps it.
    private func tell(_ base: PushBase, _ merge: Merge, _ changes: [HeadChange]) -> NewVersion {
        // A device that may have fetched the head's value and sends another one may do so on purpose.
        let isSent = isGuess(base) && !evidence.isEmpty
        let loud = changes.filter { isSent || !$0.isTold || !$0.overlap.keepsHead }.map(\.overlap)
        var paths = merge.overlaps
        if isGuess(base) {
            var listed = Set(paths.map(\.place))
            for overlap in loud where listed.insert(overlap.place).inserted { paths.append(overlap) }
        }
        let isNews = !paths.isEmpty || !merge.pushHoldsEverything && (changes.isEmpty || !loud.isEmpty)
        return NewVersion(base: base, merged: merge.merged, conflict: isNews, paths: paths)
    }

    /// The newest contents of which this device was informed.
    private var toldContents: [ContentHash] {
        var contents: [ContentHash] = []
        for version in told.sorted(by: { $0.number > $1.number }) where contents.count < PushFacts.toldLimit {
            if let content = version.content, !contents.contains(content) { contents.append(content) }
        }
        return contents
    }
}

extension NewVersion {
    /// The push itself, without conflicts.
    static func asPushed(_ base: PushBase) -> NewVersion { NewVersion(base: base, merged: nil, conflict: false, paths: []) }
}
