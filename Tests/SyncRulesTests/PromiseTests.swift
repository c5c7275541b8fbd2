// The promise at the level of the rules: random histories of devices that pull (attributed, or unseen but for evidence), edit,
// push and retry. What a device really had is known here and nowhere else; a change at the head that it had not seen is never
// undone without a place that is told.

import JSONText
import Testing

@testable import SyncRules

/// A file and what its service would remember.
private struct History {
    /// What a device is and what the service knows of it.
    struct Device {
        var attributes: Bool
        /// Who cannot be told apart from whom.
        let identity: Int
        /// What it really had last.
        var seen: [String: Int] = [:]
        var draft: [String: Int] = [:]
        var lastPush: KnownVersion?
        var attributedPull: KnownVersion?
        var lastFetch = 0
        var told: [KnownVersion] = []
    }

    var random: Seeded
    var devices: [Device]
    var contents: [ContentHash: String] = [:]
    var versions: [KnownVersion] = []
    /// Versions sent without a name: to whom, and after how many pushes.
    var fetches: [(identity: Int, version: KnownVersion, time: Int)] = []
    var time = 0
    var undone: [String] = []
    var falseAlarms: [String] = []

    init(seed: UInt64, attributed: Bool?) {
        random = Seeded(state: seed)
        let count = Int.random(in: 2...5, using: &random)
        let identities = Int.random(in: 1...count, using: &random)
        devices = []
        for _ in 0..<count {
            devices.append(Device(attributes: attributed ?? Bool.random(using: &random), identity: Int.random(in: 0..<identities, using: &random)))
        }
    }

    static func text(_ document: [String: Int]) -> String {
        "{" + document.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func document(_ text: String) -> [String: Int] {
        var document: [String: Int] = [:]
        for member in text.dropFirst().dropLast().split(separator: ",") {
            let parts = member.split(separator: ":")
            document[String(parts[0].dropFirst().dropLast())] = Int(parts[1])
        }
        return document
    }

    mutating func keep(_ text: String) -> ContentHash {
        if let known = contents.first(where: { $0.value == text }) { return known.key }
        let digits = String(contents.count, radix: 16)
        let hash = ContentHash(String(repeating: "0", count: 64 - digits.count) + digits)!
        contents[hash] = text
        return hash
    }

    mutating func step() throws {
        time += 1
        let index = Int.random(in: 0..<devices.count, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: pull(index)
        case 3...6: edit(index)
        default: try push(index)
        }
    }

    private mutating func pull(_ index: Int) {
        guard let head = versions.last, let content = head.content, let text = contents[content] else { return }
        devices[index].seen = History.document(text)
        devices[index].draft = devices[index].seen
        if devices[index].attributes { devices[index].attributedPull = head }
        else { fetches.append((devices[index].identity, head, time)) }
    }

    private mutating func edit(_ index: Int) {
        let key = "k\(Int.random(in: 0..<4, using: &random))"
        devices[index].draft[key] = Int.random(in: 0..<5, using: &random) == 0 ? nil : Int.random(in: 0..<3, using: &random)
    }

    private func facts(_ index: Int, _ push: ContentHash) -> PushFacts {
        let device = devices[index]
        var facts = PushFacts(push: push, head: versions.last)
        facts.lastPush = device.lastPush
        facts.attributedPull = device.attributedPull
        facts.pullsAreAttributed = device.attributes
        for fetch in fetches where fetch.identity == device.identity && fetch.time > device.lastFetch && !device.attributes {
            if !facts.fetched.contains(fetch.version) { facts.fetched.append(fetch.version) }
        }
        facts.identityIsShared = devices.indices.contains { $0 != index && devices[$0].identity == device.identity }
        facts.told = device.told
        return facts
    }

    private mutating func push(_ index: Int) throws {
        let draft = devices[index].draft, before = devices[index].seen
        let pushed = keep(History.text(draft))
        let decision = try facts(index, pushed).decide { held(contents[$0] ?? "") }
        switch decision {
        case .preconditionFailed, .baseIsNotHead: Issue.record("refused")
        case .retry: return
        case .unchanged: devices[index].lastPush = KnownVersion(versions.count, pushed)
        case .accept(let new):
            let head = History.document(versions.last?.content.flatMap { contents[$0] } ?? "{}")
            let text = new.merged.map { String(decoding: $0.bytes, as: UTF8.self) } ?? History.text(draft)
            judge(new, had: before, head: head, push: draft, result: History.document(text), index)
            let content = keep(History.text(History.document(text)))
            versions.append(KnownVersion(versions.count + 1, content))
            devices[index].lastPush = KnownVersion(versions.count, pushed)
            if new.conflict { devices[index].told.append(versions[versions.count - 1]) }
        }
        devices[index].seen = draft
        devices[index].attributedPull = nil
        devices[index].lastFetch = time
    }

    private mutating func judge(
        _ new: NewVersion, had: [String: Int], head: [String: Int], push: [String: Int], result: [String: Int], _ index: Int
    ) {
        let told = Set(new.paths.map { String($0.path.dropFirst()) })
        for key in Set(head.keys).union(had.keys).union(result.keys) where head[key] != had[key] && result[key] != head[key] {
            if !told.contains(key) || !new.conflict { undone.append("\(key): had \(had) head \(head) push \(push) result \(result) \(new.base)") }
        }
        for key in Set(push.keys).union(had.keys) where push[key] != had[key] && result[key] != push[key] && !told.contains(key) {
            undone.append("the push's \(key): had \(had) head \(head) push \(push) result \(result) \(new.base)")
        }
        guard devices[index].attributes else { return }
        for key in told where head[key] == had[key] || push[key] == had[key] || head[key] == push[key] { falseAlarms.append(key) }
    }
}

struct PromiseTests {
    @Test("No change is undone in silence, whatever is known of the devices", arguments: 0..<20)
    func promise(_ seed: UInt64) throws {
        for run in 0..<60 {
            var history = History(seed: seed &* 1000 &+ UInt64(run), attributed: nil)
            for _ in 0..<60 { try history.step() }
            #expect(history.undone == [])
            #expect(history.versions.map(\.number) == Array(1..<(history.versions.count + 1)))
        }
    }

    @Test("With attributed pulls only a true overlap is told", arguments: 0..<20)
    func noFalseAlarms(_ seed: UInt64) throws {
        for run in 0..<60 {
            var history = History(seed: seed &* 1000 &+ UInt64(run), attributed: true)
            for _ in 0..<60 { try history.step() }
            #expect(history.undone == [])
            #expect(history.falseAlarms == [])
        }
    }
}
