// The promise of docs/json-sync.md, held by random histories: what was accepted can be read back, versions have no gaps, and
// nothing at the head is undone by a device that had not seen it without a conflict row that names the place.

import Database
import SyncRules
@testable import SyncStore
import Testing

/// How the devices of a history behave.
enum Habit: CaseIterable {
    /// Every pull says whose it is.
    case attributed
    /// No pull does, and every device has an address of its own.
    case alone
    /// No pull does, and all devices look the same.
    case shared
    /// Each pull as it comes.
    case mixed
}

/// One random history, played against the store and a model beside it.
final class History {
    private final class Device {
        let name: String
        let address: String
        var local = Model()
        /// What it last had for certain: pulled, or pushed.
        var base: Model?
        /// The version whose changes, and all before, it was sent.
        var seen = 0
        /// Changes of its own making: place and value.
        var own: [String: String?] = [:]
        var everAttributed = false
        var everPushed = false
        init(_ name: String, _ address: String) { (self.name, self.address) = (name, address) }
    }

    private let fixture: Fixture
    private let key: String
    private let habit: Habit
    private var dice: Dice
    private var devices: [Device]
    private var accepted: Set<String> = []
    /// The head after each version; the version in which each place got its value.
    private var head = Model()
    private var isThere = false
    private var changed: [String: Int] = [:]
    private var version = 0
    private(set) var failures: [String] = []
    private var log: [String] = []
    private(set) var conflicts = 0

    init(_ fixture: Fixture, seed: Int, habit: Habit) {
        (self.fixture, self.habit, key) = (fixture, habit, "h\(seed)")
        dice = Dice(seed: UInt64(seed))
        let count = Int.random(in: 2...5, using: &dice)
        devices = (0..<count).map { Device("d\($0)", habit == .shared ? "192.0.2.9" : "192.0.2.\($0 + 10)") }
    }

    func play() throws {
        for _ in 0..<Int.random(in: 6...18, using: &dice) {
            let device = devices.randomElement(using: &dice)!
            switch Int.random(in: 0..<100, using: &dice) {
            case 0..<30: try pull(device)
            case 30..<75: edit(device); try push(device)
            case 75..<82: try push(device)
            case 82..<92: try resolve(device)
            case 92..<95: try delete(device)
            default: edit(device)
            }
            guard failures.isEmpty else { return }
        }
        try checkLine()
    }

    private func caller(_ device: Device, isNamed: Bool) -> SyncCaller {
        fixture.caller(isNamed ? device.name : nil, address: device.address)
    }

    private func isNamed() -> Bool {
        switch habit {
        case .attributed: true
        case .alone, .shared: false
        case .mixed: dice.roll(50)
        }
    }

    private func edit(_ device: Device) {
        for _ in 0..<Int.random(in: 1...2, using: &dice) {
            let place = Model.places.randomElement(using: &dice)!
            let isSet = place.hasPrefix("/set/")
            let isDeletion = device.local.leaves[place] != nil && dice.roll(35)
            device.local.leaves[place] = isDeletion ? nil : isSet ? "1" : "\(Int.random(in: 0..<40, using: &dice))"
        }
    }

    private func pull(_ device: Device) throws {
        let isNamed = isNamed()
        do {
            let text = try fixture.text(fixture.store.latest(FileKey(key)!, for: caller(device, isNamed: isNamed)).content)
            device.local = Model(text)
        } catch SyncError.noFile {
            guard isThere == false else { return failures.append("\(key): the file is not there") }
            if version == 0 { return }
            device.local = Model()
        }
        if device.local != head { fail("pulled \(device.local.text), the head is \(head.text)") }
        if isNamed { device.everAttributed = true }
        device.base = device.local
        device.seen = version
        log.append("\(device.name) pulls v\(version)\(isNamed ? " by name" : "")")
    }

    private func push(_ device: Device) throws {
        let pushed = device.local
        let outcome = try fixture.push(pushed.text, by: device.name, to: key, from: caller(device, isNamed: habit == .attributed && dice.roll(30)))
        accepted.insert(pushed.text)
        log.append("\(device.name) pushes \(pushed.text): v\(outcome.version) \(outcome.kind) conflict \(outcome.conflict?.pathsText ?? "no")")
        if outcome.kind == .created {
            guard outcome.version == version + 1 else { return fail("v\(outcome.version) after v\(version)") }
            let after = Model(try fixture.content(outcome.version, of: key))
            try check(device, pushed, after, outcome)
            advance(to: after, exists: true)
        }
        // That the answer may be lost makes no difference here: all that the device would have learnt is a number.
        if outcome.kind == .noChanges { device.seen = version }
        device.base = pushed
        device.everPushed = true
    }

    /// Nothing unseen may go without a row, and with names no row may be without an overlap.
    private func check(_ device: Device, _ pushed: Model, _ after: Model, _ outcome: PushOutcome) throws {
        let told = outcome.conflict.map { ConflictReader.paths($0.pathsText) } ?? []
        if outcome.conflict != nil { conflicts += 1 }
        for place in Model.differences(head, after) {
            // What changed and changed back is as the device knows it.
            let hasSeen = changed[place, default: 0] <= device.seen || device.own[place] == .some(head.leaves[place])
                || (device.base ?? Model()).leaves[place] == head.leaves[place]
            if after.leaves[place] != pushed.leaves[place] { fail("\(place) is neither the head's nor the push's: \(after.text)") }
            if !hasSeen, !told.contains(where: { ConflictReader.names($0, place) }) {
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

    private func isTrueOverlap(_ path: String, _ device: Device, _ pushed: Model) -> Bool {
        // The order of a set is something to differ in, too; without a base nobody knows who changed it.
        if path == "/set", device.base == nil { return true }
        return Model.differences(head, pushed).filter { ConflictReader.names(path, $0) }.contains { place in
            guard let base = device.base else { return true }
            return base.leaves[place] != head.leaves[place] && base.leaves[place] != pushed.leaves[place]
        }
    }

    private func resolve(_ device: Device) throws {
        guard let conflict = try fixture.conflicts(key: key).randomElement(using: &dice) else { return }
        let action = Resolution.Action.allCases.randomElement(using: &dice)!
        let custom = action == .custom ? try fixture.document(device.local.text) : nil
        let resolution = Resolution(conflict: conflict.id, action: action, content: custom)
        let outcome = try fixture.store.resolve(resolution, by: caller(device, isNamed: false))
        let again = try fixture.store.resolve(resolution, by: caller(device, isNamed: false))
        if again.version != outcome.version { fail("resolved to v\(outcome.version), then to v\(again.version)") }
        if custom != nil { accepted.insert(device.local.text) }
        log.append("\(device.name) resolves \(conflict.id) \(action): v\(outcome.version)")
        if outcome.version > version {
            guard outcome.version == version + 1 else { return fail("v\(outcome.version) after v\(version)") }
            let exists = outcome.hash != nil
            advance(to: exists ? Model(try fixture.content(outcome.version, of: key)) : .deleted, exists: exists)
        }
    }

    private func delete(_ device: Device) throws {
        do {
            let outcome = try fixture.store.delete(FileKey(key)!, ifMatch: nil, message: "", by: caller(device, isNamed: isNamed()))
            log.append("\(device.name) deletes: v\(outcome.version)")
            let unseen = head.leaves.keys.contains { changed[$0, default: 0] > device.seen && device.own[$0] != .some(head.leaves[$0]) }
            if unseen, outcome.conflict == nil { fail("the deletion v\(outcome.version) of something unseen has no row") }
            advance(to: .deleted, exists: false)
            (device.seen, device.base) = (version, Model())
        } catch SyncError.noFile { if isThere { fail("the file is not there") } }
    }

    private func advance(to after: Model, exists: Bool) {
        version += 1
        for place in Model.differences(head, after) { changed[place] = version }
        (head, isThere) = (after, exists)
    }

    private func checkLine() throws {
        guard version > 0 else { return }
        let page = try fixture.store.history(FileKey(key)!, of: 1, page: Paging(1, size: 100))
        if page.versions.map(\.number) != Array((1...version).reversed()) { fail("versions \(page.versions.map(\.number))") }
        for text in accepted {
            let hash = try fixture.document(text).hash
            let kept = try fixture.text(fixture.store.pull(FileKey(key)!, .hash(hash), for: fixture.caller("reader")).content)
            if kept != text { fail("accepted \(text), kept \(kept)") }
        }
    }

    private func fail(_ text: String) {
        failures.append("\(key) \(habit): \(text)\n  " + log.joined(separator: "\n  "))
    }
}

/// Conflict paths out of their JSON.
enum ConflictReader {
    static func paths(_ json: String) -> [String] {
        json.split(separator: "{\"path\":\"", omittingEmptySubsequences: true).compactMap { piece in
            piece.first == "[" ? nil : String(piece.prefix { $0 != "\"" })
        }
    }

    /// Whether a row that names `path` speaks of `place`; elements of a set are spoken of by the array.
    static func names(_ path: String, _ place: String) -> Bool {
        path.isEmpty || place == path || place.hasPrefix(path + "/") || path.hasPrefix(place + "/")
            || path.hasPrefix("/set") && place.hasPrefix("/set")
    }
}

@Suite struct PromiseTests {
    @Test(arguments: Habit.allCases) func holdsInRandomHistories(_ habit: Habit) throws {
        let fixture = try Fixture()
        var failures: [String] = [], conflicts = 0
        for seed in 1...600 {
            let history = History(fixture, seed: seed, habit: habit)
            try history.play()
            failures += history.failures
            conflicts += history.conflicts
        }
        #expect(failures.isEmpty, "\(failures.count) failures, the first: \(failures.first ?? "")")
        #expect(conflicts > 100, "too little happened to mean anything")
        #expect(try fixture.database.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
    }
}
