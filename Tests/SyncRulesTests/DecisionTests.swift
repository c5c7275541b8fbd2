// The rules of a push one after another, as stories told to a function: no database, no clock.

import JSONText
import SyncRules
import Testing

/// Contents by name; a name stands for its hash.
struct Story {
    let contents: [String]

    init(_ contents: String...) { self.contents = contents }

    static func hash(_ index: Int) -> ContentHash { ContentHash(String(repeating: "0", count: 60) + String(10000 + index).dropFirst())! }

    func load(_ hash: ContentHash) throws -> HeldText {
        let index = try #require(contents.indices.first { Story.hash($0) == hash })
        return held(contents[index])
    }

    /// Version `number` with the content of that index.
    func version(_ number: Int, _ index: Int?) -> KnownVersion { KnownVersion(number, index.map(Story.hash)) }

    func decide(push: Int, head: KnownVersion?, _ change: (inout PushFacts) -> Void = { _ in }) throws -> String {
        var facts = PushFacts(push: Story.hash(push), head: head)
        // A client that names a base has it, unless a story says otherwise.
        facts.namedBaseWasSent = .yes
        change(&facts)
        let decision = try facts.decide(load: load)
        guard case .accept(let new) = decision else { return "\(decision)" }
        let content = new.merged.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "as pushed"
        let paths = new.paths.map { "\($0.path)=\($0.chosen)" }.joined(separator: " ")
        return "\(content), base \(new.base.kind) \(new.base.version), conflict \(new.conflict)\(paths.isEmpty ? "" : ": \(paths)")"
            + (new.undoesDeletion ? ", undoes a deletion" : "")
    }
}

struct DecisionTests {
    /// 0: the start, 1: another device changed b, 2: this device changed a, 3: this device changed b too.
    let story = Story(#"{"a":1,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#, #"{"a":1,"b":3}"#, #"{"a":2,"b":2}"#, #"{"a":2,"b":3}"#)

    @Test("A hash is 64 lower-case hex digits", arguments: [
        (String(repeating: "a", count: 64), true), (String(repeating: "A", count: 64), false), (String(repeating: "a", count: 63), false), ("", false),
        (String(repeating: "g", count: 64), false), (String(repeating: "é", count: 32), false),
    ])
    func hash(_ text: String, _ isHash: Bool) { #expect((ContentHash(text) != nil) == isHash) }

    @Test("The first push and the push on top of one's own")
    func simple() throws {
        #expect(try story.decide(push: 0, head: nil) == "as pushed, base none 0, conflict false")
        #expect(try story.decide(push: 2, head: story.version(1, 0)) { $0.lastPush = story.version(1, 0) } == "as pushed, base lastPush 1, conflict false")
        #expect(try story.decide(push: 0, head: story.version(1, 0)) == "unchanged")
    }

    @Test("Strict callers: If-Match and If-None-Match")
    func preconditions() throws {
        let head = story.version(2, 1)
        #expect(try story.decide(push: 2, head: head) { $0.ifMatch = .hashes([Story.hash(0)]) } == "preconditionFailed")
        #expect(try story.decide(push: 4, head: head) { $0.ifMatch = .hashes([Story.hash(0), Story.hash(1)]) } == "as pushed, base explicit 2, conflict false")
        #expect(try story.decide(push: 4, head: head) { $0.ifMatch = .any; $0.explicitBase = head } == "as pushed, base explicit 2, conflict false")
        #expect(try story.decide(push: 2, head: nil) { $0.ifMatch = .any } == "preconditionFailed")
        #expect(try story.decide(push: 2, head: story.version(3, nil)) { $0.ifMatch = .hashes([Story.hash(1)]) } == "preconditionFailed")
        #expect(try story.decide(push: 2, head: head) { $0.createOnly = true } == "preconditionFailed")
        #expect(try story.decide(push: 2, head: nil) { $0.createOnly = true } == "as pushed, base none 0, conflict false")
        #expect(try story.decide(push: 2, head: story.version(3, nil)) { $0.createOnly = true } == "as pushed, base none 0, conflict false, undoes a deletion")
    }

    @Test("Strict callers: on_conflict=reject")
    func reject() throws {
        let head = story.version(2, 1)
        #expect(try story.decide(push: 2, head: head) { $0.onConflict = .reject } == "baseIsNotHead")
        #expect(try story.decide(push: 2, head: head) { $0.onConflict = .reject; $0.explicitBase = story.version(1, 0) } == "baseIsNotHead")
        #expect(try story.decide(push: 4, head: head) { $0.onConflict = .reject; $0.explicitBase = head } == "as pushed, base explicit 2, conflict false")
        #expect(try story.decide(push: 4, head: head) { $0.onConflict = .reject; $0.attributedPull = head } == "as pushed, base attributed 2, conflict false")
        #expect(try story.decide(push: 2, head: head) { $0.onConflict = .reject; $0.lastPush = story.version(1, 0) } == "baseIsNotHead")
        #expect(try story.decide(push: 2, head: nil) { $0.onConflict = .reject } == "as pushed, base none 0, conflict false")
    }

    @Test("A retry of what made the head succeeds, whatever the condition was")
    func strictRetry() throws {
        let head = story.version(2, 1)
        #expect(try story.decide(push: 1, head: head) { $0.lastPush = head; $0.ifMatch = .hashes([Story.hash(0)]) } == "retry")
        #expect(try story.decide(push: 1, head: head) { $0.lastPush = head; $0.createOnly = true } == "retry")
        #expect(try story.decide(push: 1, head: head) {
            $0.lastPush = head; $0.onConflict = .reject; $0.explicitBase = story.version(1, 0)
        } == "retry")
        #expect(try story.decide(push: 1, head: story.version(3, 2)) { $0.lastPush = head; $0.ifMatch = .hashes([Story.hash(0)]) } == "preconditionFailed")
    }

    @Test("Retries")
    func retry() throws {
        let mine = story.version(1, 2)
        #expect(try story.decide(push: 2, head: mine) { $0.lastPush = mine } == "retry")
        #expect(try story.decide(push: 2, head: story.version(5, 1)) { $0.lastPush = mine } == "retry")
        // The answer named a merged version; the pushed content is what counts.
        #expect(try story.decide(push: 2, head: story.version(3, 4)) { $0.lastPush = story.version(3, 2) } == "retry")
        #expect(try story.decide(push: 2, head: story.version(5, 4)) { $0.lastPush = mine; $0.fetched = [mine] } == "retry")
        // Another device has deleted the file since.
        #expect(try story.decide(push: 2, head: story.version(2, nil)) { $0.lastPush = mine } == "retry")
        // The answer contained the merge, and was lost.
        #expect(try story.decide(push: 2, head: story.version(3, 4)) {
            $0.lastPush = story.version(3, 2); $0.attributedPull = story.version(3, 4); $0.attributedPullIsOwnAnswer = true
        } == "retry")
    }

    @Test("The same content again after something newer was sent is a change back", arguments: [
        { (story: KnownVersion, facts: inout PushFacts) in facts.attributedPull = story },
        { story, facts in facts.explicitBase = story },
        { story, facts in facts.ifMatch = .hashes([story.content!]) },
    ] as [@Sendable (KnownVersion, inout PushFacts) -> Void])
    func notRetry(_ sent: @Sendable (KnownVersion, inout PushFacts) -> Void) throws {
        let head = story.version(2, 1)
        let decision = try story.decide(push: 0, head: head) {
            $0.lastPush = story.version(1, 0)
            sent(head, &$0)
        }
        #expect(decision.hasPrefix("as pushed") && decision.hasSuffix("2, conflict false"))
    }

    @Test("A device that pulled the merged version and pushes its own again takes the merge back")
    func backFromMerge() throws {
        let decision = try story.decide(push: 2, head: story.version(3, 4)) {
            $0.lastPush = story.version(3, 2)
            $0.attributedPull = story.version(3, 4)
        }
        #expect(decision == "as pushed, base attributed 3, conflict false")
    }

    @Test("Bases in their order")
    func bases() throws {
        let head = story.version(4, 1), old = story.version(1, 0)
        #expect(try story.decide(push: 2, head: head) { $0.explicitBase = old; $0.attributedPull = head } == #"{"a":2,"b":2}, base explicit 1, conflict true"#)
        // Something newer went to who may be the same device: the base stays, and what it could hide is told.
        let decision = try story.decide(push: 2, head: head) { $0.attributedPull = old; $0.fetched = [head] }
        #expect(decision == #"{"a":2,"b":2}, base attributed 1, conflict true: /a=local /b=remote"#)
        #expect(try story.decide(push: 3, head: head) { $0.attributedPull = old } == "as pushed, base attributed 1, conflict true: /b=local")
        #expect(try story.decide(push: 4, head: head) { $0.attributedPull = old } == "as pushed, base attributed 1, conflict false")
        #expect(try story.decide(push: 2, head: head) == "as pushed, base none 0, conflict true: /a=local /b=local")
        #expect(try story.decide(push: 2, head: head) { $0.onConflict = .preferHead } == #"{"a":1,"b":2}, base none 0, conflict true: /a=remote /b=remote"#)
    }

    /// What a device pushed itself, what was sent to it, and what it only says that it has.
    @Test("A base that the client names counts if it can have it")
    func namedBases() throws {
        let head = story.version(4, 1), last = story.version(2, 0)
        func decide(_ push: Int, _ sent: Sent, _ named: KnownVersion, _ last: KnownVersion?) throws -> String {
            try story.decide(push: push, head: head) { $0.explicitBase = named; $0.namedBaseWasSent = sent; $0.lastPush = last }
        }
        #expect(try decide(2, .yes, head, last) == "as pushed, base explicit 4, conflict false")
        #expect(try decide(2, .no, head, last) == #"{"a":2,"b":2}, base lastPush 2, conflict true: /b=remote"#)
        #expect(try decide(2, .yes, story.version(1, 3), last) == #"{"a":2,"b":2}, base lastPush 2, conflict true: /b=remote"#)
        #expect(try decide(2, .no, last, last) == #"{"a":2,"b":2}, base explicit 2, conflict true"#)
        #expect(try decide(2, .no, head, nil) == "as pushed, base none 0, conflict true: /a=local /b=local")
        #expect(try decide(2, .no, KnownVersion(0, nil), nil) == "as pushed, base explicit 0, conflict true: /a=local /b=local")
        // Several devices look alike: it is believed if the push is nearer to it.
        #expect(try decide(2, .perhaps, head, last) == #"{"a":2,"b":2}, base lastPush 2, conflict true: /b=remote"#)
        #expect(try decide(4, .perhaps, head, last) == "as pushed, base evidence 4, conflict false")
        #expect(try decide(2, .perhaps, head, nil) == "as pushed, base none 0, conflict true: /a=local /b=local")
    }

    @Test("At first contact, what others fetched is no base; what it could hide is told")
    func firstContact() throws {
        let head = story.version(2, 1), first = story.version(1, 0)
        #expect(try story.decide(push: 2, head: head) { $0.fetched = [first, head]; $0.identityIsShared = true }
            == "as pushed, base none 0, conflict true: /a=local /b=local")
        // Key b was deleted at the head; the device may have had it.
        let deleted = Story(#"{"a":1,"b":1}"#, #"{"a":1}"#, #"{"a":1,"b":1,"c":1}"#)
        #expect(try deleted.decide(push: 2, head: deleted.version(2, 1)) { $0.fetched = [deleted.version(1, 0)]; $0.identityIsShared = true }
            == "as pushed, base none 0, conflict true: /b=local")
        #expect(try deleted.decide(push: 2, head: deleted.version(2, 1)) == "as pushed, base none 0, conflict false")
    }

    @Test("Evidence: the newest version fetched by an identity of one device; what a guess could hide is told")
    func evidence() throws {
        let head = story.version(2, 1)
        #expect(try story.decide(push: 4, head: head) { $0.lastPush = story.version(1, 0); $0.fetched = [story.version(1, 0), head] }
            == "as pushed, base evidence 2, conflict false")
        // It says another b than the head, which it may or may not have seen.
        #expect(try story.decide(push: 3, head: head) { $0.lastPush = story.version(1, 0); $0.fetched = [head] } == "as pushed, base evidence 2, conflict true: /b=local")
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = story.version(1, 0); $0.fetched = [head] } == "as pushed, base evidence 2, conflict true: /b=local")
        #expect(try story.decide(push: 5, head: head) { $0.fetched = [head] } == "as pushed, base evidence 2, conflict true: /a=local /b=local")
    }

    @Test("Evidence of a shared identity: the nearest version")
    func nearest() throws {
        let head = story.version(2, 1)
        #expect(try story.decide(push: 2, head: head) {
            $0.lastPush = story.version(1, 0); $0.fetched = [head]; $0.identityIsShared = true
        } == #"{"a":2,"b":2}, base lastPush 1, conflict true: /b=remote"#)
        #expect(try story.decide(push: 4, head: head) {
            $0.lastPush = story.version(1, 0); $0.fetched = [head]; $0.identityIsShared = true
        } == "as pushed, base evidence 2, conflict false")
        // Equally near: the older one, so that the head's change stays.
        #expect(try story.decide(push: 3, head: head) {
            $0.lastPush = story.version(1, 0); $0.fetched = [head]; $0.identityIsShared = true
        } == "as pushed, base lastPush 1, conflict true: /b=local")
    }

    @Test("The last push as base: a guess tells what the merge keeps, once; a known base does not")
    func lastPush() throws {
        let head = story.version(2, 1), last = story.version(1, 0)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last } == #"{"a":2,"b":2}, base lastPush 1, conflict true: /b=remote"#)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last; $0.told = [head] } == #"{"a":2,"b":2}, base lastPush 1, conflict false"#)
        #expect(try story.decide(push: 3, head: head) { $0.lastPush = last; $0.told = [head] } == "as pushed, base lastPush 1, conflict true: /b=local")
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last; $0.pullsAreAttributed = true } == #"{"a":2,"b":2}, base lastPush 1, conflict true"#)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last; $0.pullsAreAttributed = true; $0.told = [head] }
            == #"{"a":2,"b":2}, base lastPush 1, conflict false"#)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last; $0.told = [last] } == #"{"a":2,"b":2}, base lastPush 1, conflict true: /b=remote"#)
    }
}
