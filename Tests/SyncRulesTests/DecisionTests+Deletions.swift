// What a push is answered where the file was deleted, or is to be.

import JSONText
import SyncRules
import Testing

extension DecisionTests {
    @Test("A deletion lists what the device may not know")
    func deletions() throws {
        let story = Story(#"{"a":1,"b":1}"#, #"{"a":1,"b":2,"c":1}"#, "{}")
        let old = story.version(1, 0), head = story.version(2, 1)
        func unseen(_ head: KnownVersion, by naming: Naming = .named, _ change: (inout PushFacts) -> Void = { _ in }) throws -> String {
            var facts = PushFacts(push: Story.hash(2), head: head)
            facts.namedBaseWasSent = .yes
            change(&facts)
            guard case .accept(let base, let unseen) = try facts.decideDeletion(by: naming, load: story.load) else { return "refused" }
            return "\(base.kind) \(base.version): " + unseen.map { "\($0.path)=\($0.chosen)" }.joined(separator: " ")
        }
        #expect(try unseen(head) == "none 0: /a=local /b=local /c=local")
        #expect(try unseen(head) { $0.attributedPull = old } == "attributed 1: /b=local /c=local")
        #expect(try unseen(head) { $0.attributedPull = head } == "attributed 2: ")
        #expect(try unseen(head) { $0.lastPush = head } == "lastPush 2: ")
        #expect(try unseen(head) { $0.lastPush = old; $0.fetched = [head] } == "evidence 2: /b=local /c=local")
        #expect(try unseen(head) { $0.fetched = [head] } == "evidence 2: /a=local /b=local /c=local")
        #expect(try unseen(head, by: .nameless) { $0.fetched = [head] } == "evidence 2: ")
        #expect(try unseen(head, by: .nameless) { $0.fetched = [head]; $0.identityIsShared = true } == "none 0: /a=local /b=local /c=local")
        #expect(try unseen(head, by: .assumed) { $0.lastPush = head } == "lastPush 2: /a=local /b=local /c=local")
        #expect(try unseen(head, by: .assumed) { $0.lastPush = head; $0.ifMatch = .hashes([Story.hash(1)]) } == "explicit 2: ")
        #expect(try unseen(head) { $0.ifMatch = .hashes([Story.hash(0)]) } == "refused")
        #expect(try unseen(head) { $0.ifMatch = .any } == "none 0: /a=local /b=local /c=local")
        // An empty document that the device never had is one place.
        #expect(try unseen(story.version(1, 2)) == "none 0: =local")
    }

    @Test("A deletion that the head keeps against the push is told once, too")
    func deletion() throws {
        let story = Story(#"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#)
        let last = story.version(1, 0), head = story.version(2, 1)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last } == #"{"b":2}, base lastPush 1, conflict true: /a=remote"#)
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = last; $0.told = [head] } == #"{"b":2}, base lastPush 1, conflict false"#)
    }

    @Test("A push on a tombstone revives the file, also with the content of before")
    func tombstone() throws {
        let head = story.version(3, nil)
        #expect(try story.decide(push: 0, head: head) { $0.lastPush = story.version(1, 0); $0.attributedPull = head } == "as pushed, base attributed 3, conflict false")
        #expect(try story.decide(push: 2, head: head) { $0.lastPush = story.version(1, 0) } == "as pushed, base lastPush 1, conflict false, undoes a deletion")
        #expect(try story.decide(push: 0, head: head) { $0.onConflict = .reject; $0.explicitBase = story.version(1, 0) } == "baseIsNotHead")
        #expect(try story.decide(push: 0, head: head) { $0.onConflict = .reject; $0.explicitBase = head } == "as pushed, base explicit 3, conflict false")
        #expect(try story.decide(push: 0, head: head) { $0.lastPush = story.version(1, 0); $0.fetched = [head] } == "as pushed, base lastPush 1, conflict false, undoes a deletion")
        #expect(try story.decide(push: 0, head: head) { $0.fetched = [head] } == "as pushed, base none 0, conflict false")
        #expect(try story.decide(push: 0, head: head) { $0.fetched = [head]; $0.identityIsShared = true } == "as pushed, base none 0, conflict false, undoes a deletion")
        #expect(try story.decide(push: 2, head: story.version(4, 0)) { $0.explicitBase = head } == "as pushed, base explicit 3, conflict true: /a=local")
    }
}
