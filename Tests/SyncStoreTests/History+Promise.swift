// What the promise says of each change of a history.

import SyncStore

extension History {
    /// Nothing unseen may go without a row, and with names no row may be without an overlap.
    func check(_ device: Device, _ pushed: Model, _ after: Model, _ outcome: PushOutcome) throws {
        let told = outcome.conflict.map { ConflictReader.paths($0.pathsText) } ?? []
        if outcome.conflict != nil { conflicts += 1 }
        for place in Model.differences(head, after) {
            if after.leaves[place] != pushed.leaves[place] { fail("\(place) is neither the head's nor the push's: \(after.text)") }
            if !hasSeen(device, place), !told.contains(where: { ConflictReader.names($0, place) }) {
                fail("\(place) of v\(version) undone without a row: \(head.text) -> \(after.text)")
            }
        }
        for place in Model.places where after.leaves[place] == pushed.leaves[place] {
            device.own[place] = pushed.leaves[place]
        }
        guard habit == .attributed, isThere, device.everAttributed || !device.everPushed else { return }
        for path in told where !isTrueOverlap(path, device, pushed) {
            fail("\(path) told without an overlap: base \(device.base?.text ?? "none") head \(head.text) push \(pushed.text)")
        }
    }

    func checkDeletion(_ device: Device, _ outcome: DeletionOutcome) {
        let told = outcome.conflict.map { ConflictReader.paths($0.pathsText) } ?? []
        if outcome.conflict != nil { conflicts += 1 }
        for place in head.leaves.keys where !hasSeen(device, place) && !told.contains(where: { ConflictReader.names($0, place) }) {
            fail("\(place) of v\(version) deleted without a row: \(head.text)")
        }
    }

    /// What changed and changed back is as the device knows it.
    private func hasSeen(_ device: Device, _ place: String) -> Bool {
        changed[place, default: 0] <= device.seen || device.own[place] == .some(head.leaves[place])
            || (device.base ?? Model()).leaves[place] == head.leaves[place]
    }

    private func isTrueOverlap(_ path: String, _ device: Device, _ pushed: Model) -> Bool {
        // The order of a set is something to differ in, too; without a base nobody knows who changed it.
        if path == "/set", device.base == nil || device.base == .deleted { return true }
        return Model.differences(head, pushed).filter { ConflictReader.names(path, $0) }.contains { place in
            guard let base = device.base else { return true }
            return base.leaves[place] != head.leaves[place] && base.leaves[place] != pushed.leaves[place]
        }
    }
}
