// Rules 4 to 6: whether a version is the push or a merge, and what a device and its owner have to be told of it.

import JSONText

extension PushFacts {
    /// Versions that are looked at for what the device was told.
    private static let toldLimit = 4

    /// A pull by name is none, unless something newer was fetched without one: that may have been this device, too.
    private func isGuess(_ base: PushBase) -> Bool {
        switch base.kind {
        case .evidence: true
        case .lastPush: !pullsAreAttributed
        case .attributed: evidence.contains { $0.number > base.version }
        case .explicit, .none: false
        }
    }

    /// What the device may have had: nil stands for nothing. With a guessed base that is its last push, what was sent to it by
    /// name and everything that its identity fetched, because a value that went away and came back looks unchanged from one alone.
    /// In one order, so that the places are told in one order.
    private func possibleBases(_ base: PushBase) -> [ContentHash?] {
        guard isGuess(base) else { return [base.content] }
        let named = attributedPull.map { [$0.content] } ?? []
        let all = [lastPush?.content] + named + evidence.map(\.content)
        return all.indices.filter { !all[..<$0].contains(all[$0]) }.map { all[$0] }
    }

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
        // Too much to compare: for a guess everything has to be told.
        let whole = isGuess(base) ? [OverlapList.wholeDocument(
            base: try lastPush?.content.map(load), head: try load(head), push: try load(push),
            chosen: merge.merged == nil ? .local : .both)] : merge.overlaps
        return NewVersion(base: base, merged: merge.merged, conflict: true, paths: whole)
    }

    /// Every overlap is told; what a guess may hide is told unless the device was told before and the merge keeps it.
    private func tell(_ base: PushBase, _ merge: Merge, _ changes: [HeadChange]) -> NewVersion {
        // Who may have fetched the head's value and sends another one may mean it.
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

    /// The newest contents that this device was told of.
    private var toldContents: [ContentHash] {
        var contents: [ContentHash] = []
        for version in told.sorted(by: { $0.number > $1.number }) where contents.count < PushFacts.toldLimit {
            if let content = version.content, !contents.contains(content) { contents.append(content) }
        }
        return contents
    }
}

extension NewVersion {
    /// The push itself, with nothing to tell.
    static func asPushed(_ base: PushBase) -> NewVersion { NewVersion(base: base, merged: nil, conflict: false, paths: []) }
}
