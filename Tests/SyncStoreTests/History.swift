// One random history of devices that share a file, played against the store and a model beside it: what was accepted can be read back,
// versions have no gaps, and nothing at the head is undone by a device that had not seen it without a conflict row that names the place.

import Database
import SyncRules
@testable import SyncStore

final class History {
    final class Device {
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
        /// The number and hash of the version in the last answer that it got; 0 and nil: none, or a deletion.
        var number = 0
        var tag: ContentHash?
        init(_ name: String, _ address: String) { (self.name, self.address) = (name, address) }
    }

    let fixture: Fixture
    let key: String
    let habit: Habit
    var dice: Dice
    private var devices: [Device] = []
    private var accepted: Set<String> = []
    /// The head after each version; the version in which each place got its value.
    var head = Model()
    var isThere = false
    var changed: [String: Int] = [:]
    var version = 0
    private(set) var failures: [String] = []
    private var log: [String] = []
    var conflicts = 0

    init(_ fixture: Fixture, seed: Int, habit: Habit) {
        (self.fixture, self.habit, key) = (fixture, habit, "h\(seed)")
        dice = Dice(seed: UInt64(seed))
        for _ in 0..<Int.random(in: 2...5, using: &dice) { join() }
    }

    var fileKey: FileKey { FileKey(key)! }

    /// A new device, which may stand behind a router with others.
    private func join() {
        let isBehindAnother = habit == .shared || habit == .mixed && dice.roll(40)
        let address = isBehindAnother ? devices.randomElement(using: &dice)?.address : nil
        // Histories share a store, and an identity is known in all of its files.
        devices.append(Device("\(key) d\(devices.count)", address ?? "\(key) a\(devices.count)"))
    }

    func play() throws {
        for _ in 0..<Int.random(in: 6...18, using: &dice) {
            let device = devices.randomElement(using: &dice)!
            switch Int.random(in: 0..<100, using: &dice) {
            case 0..<28: try pull(device)
            case 28..<68: edit(device); try push(device)
            case 68..<76: try push(device)
            case 76..<84: try resolve(device)
            case 84..<90: try delete(device)
            case 90..<93: join()
            case 93..<95: try forget(device)
            case 95..<97: try read(device)
            default: edit(device)
            }
            guard failures.isEmpty else { return }
        }
        try checkLine()
    }

    func caller(_ device: Device, isNamed: Bool) -> SyncCaller { fixture.caller(isNamed ? device.name : nil, address: device.address) }

    func isNamed() -> Bool { dice.roll(habit.named) }

    /// Whether an answer gets lost on its way.
    private func isLost() -> Bool { habit == .exact && dice.roll(20) }

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
        if isNamed, version > 0 { device.everAttributed = true }
        do {
            let answer = try ask(device, caller(device, isNamed: isNamed))
            note("\(device.name) pulls v\(version)\(isNamed ? " by name" : "")\(answer == nil ? ", which it says to have" : "")")
            guard let answer, !isLost() else { return }
            device.local = Model(answer.text)
            (device.number, device.tag) = (version, answer.hash)
        } catch SyncError.noFile {
            guard !isThere else { return fail("the file is not there") }
            note("\(device.name) pulls the deletion v\(version)\(isNamed ? " by name" : "")")
            if version == 0 || isLost() { return }
            device.local = Model()
            (device.number, device.tag) = (version, nil)
        }
        if device.local != head { fail("pulled \(device.local.text), the head is \(head.text)") }
        (device.base, device.seen) = (device.local, version)
    }

    /// The newest content, in one of the ways that there are; nil if the client said that it has it.
    private func ask(_ device: Device, _ caller: SyncCaller) throws -> (text: String, hash: ContentHash)? {
        let store = fixture.store
        var content: KeptContent?
        switch Int.random(in: 0..<4, using: &dice) {
        case 0 where habit == .claiming || habit == .attributed:
            content = try store.updates(fileKey, since: device.number, limit: 100, for: caller).updates.last?.content
        case 1 where habit == .claiming:
            let known = device.tag.map { PushFacts.Condition.hashes([$0]) }
            let latest = try store.latest(fileKey, unless: known, for: caller)
            content = latest.content.hash == device.tag ? nil : latest.content
        case 2: content = try store.pull(fileKey, .latest, for: caller).content
        default: content = try store.latest(fileKey, for: caller).content
        }
        return try content.map { (try fixture.text($0), $0.hash) }
    }

    /// Reading an old version is no wish to go back to it.
    private func read(_ device: Device) throws {
        guard version > 1 else { return }
        let number = Int.random(in: 1..<version, using: &dice)
        // Who says to have it and was sent it counts as having it.
        if number == device.number { return }
        _ = try? fixture.store.pull(fileKey, .number(number), for: caller(device, isNamed: isNamed()))
        note("\(device.name) reads v\(number)")
    }

    private func push(_ device: Device) throws {
        let pushed = device.local
        let named = base(of: device), returns = dice.roll(15)
        let isNamed = habit == .attributed && dice.roll(30)
        let outcome: PushOutcome
        do {
            outcome = try fixture.push(pushed.text, by: device.name, to: key, from: caller(device, isNamed: isNamed)) {
                ($0.baseVersion, $0.ifMatch, $0.returnsContent) = (named.number, named.tag.map { .hashes([$0]) }, returns)
            }
        } catch SyncError.notTheHead { return }
        accepted.insert(pushed.text)
        note("\(device.name) pushes \(pushed.text) on \(named): v\(outcome.version) \(outcome.kind) conflict \(outcome.conflict?.pathsText ?? "no")")
        let text = try fixture.content(outcome.version, of: key)
        if outcome.isContentChanged != (text != pushed.text) { fail("content_changed is wrong for \(text)") }
        if outcome.kind == .created {
            guard outcome.version == version + 1 else { return fail("v\(outcome.version) after v\(version)") }
            try check(device, pushed, Model(text), outcome)
            advance(to: Model(text), exists: true)
        }
        (device.base, device.everPushed) = (pushed, true)
        if outcome.kind == .noChanges { device.seen = version }
        // Otherwise all that the device learns is a number; one that is exact does not take it for that of what it has.
        guard !isLost(), habit != .exact || returns || !outcome.isContentChanged else { return }
        (device.number, device.tag) = (outcome.version, outcome.hash)
        guard returns else { return }
        device.local = Model(text)
        (device.base, device.seen) = (device.local, max(device.seen, outcome.version))
    }

    /// What a push says that it was made from.
    private func base(of device: Device) -> (number: Int?, tag: ContentHash?) {
        switch habit {
        case .exact: (device.number, nil)
        case .claiming: dice.roll(60) ? (device.number, nil) : (nil, device.tag)
        default: (nil, nil)
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
        note("\(device.name) resolves \(conflict.id) \(action): v\(outcome.version)")
        if outcome.version > version {
            guard outcome.version == version + 1 else { return fail("v\(outcome.version) after v\(version)") }
            let exists = outcome.hash != nil
            advance(to: exists ? Model(try fixture.content(outcome.version, of: key)) : .deleted, exists: exists)
        }
    }

    private func delete(_ device: Device) throws {
        // Where nobody was ever named, several devices are one.
        let isNamed = habit == .mixed || isNamed()
        // Who may have missed an answer tells what it has.
        let ifMatch = habit == .exact ? PushFacts.Condition.hashes([device.tag].compactMap { $0 }) : nil
        do {
            let outcome = try fixture.store.delete(fileKey, ifMatch: ifMatch, message: "", by: caller(device, isNamed: isNamed))
            note("\(device.name) deletes: v\(outcome.version) conflict \(outcome.conflict?.pathsText ?? "no")")
            checkDeletion(device, outcome)
            advance(to: .deleted, exists: false)
            (device.seen, device.base, device.number, device.tag) = (version, Model(), version, nil)
        } catch SyncError.noFile { if isThere { fail("the file is not there") } } catch SyncError.notTheHead { return }
    }

    /// The device's owner removes it; it has nothing left when it comes back.
    private func forget(_ device: Device) throws {
        do { try fixture.store.forget(DeviceID(device.name)!, of: 1) } catch SyncError.noDevice { return }
        note("\(device.name) is forgotten")
        let index = devices.firstIndex { $0 === device }!
        devices[index] = Device(device.name, device.address)
    }

    private func advance(to after: Model, exists: Bool) {
        version += 1
        for place in Model.differences(head, after) { changed[place] = version }
        (head, isThere) = (after, exists)
    }

    private func checkLine() throws {
        guard version > 0 else { return }
        let page = try fixture.store.history(fileKey, of: 1, page: Paging(1, size: 100))
        if page.versions.map(\.number) != Array((1...version).reversed()) { fail("versions \(page.versions.map(\.number))") }
        for text in accepted {
            let hash = try fixture.document(text).hash
            let kept = try fixture.text(fixture.store.pull(fileKey, .hash(hash), for: fixture.caller("reader")).content)
            if kept != text { fail("accepted \(text), kept \(kept)") }
        }
    }

    private func note(_ text: String) { log.append(text) }

    func fail(_ text: String) { failures.append("\(key) \(habit): \(text)\n  " + log.joined(separator: "\n  ")) }
}
