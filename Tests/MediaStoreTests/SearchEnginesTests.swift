import Database
import Media
@testable import MediaStore
import SiteTestSupport
import TestSupport
import Testing

/// Both engines' indexes of names find the same, whatever stands in names and in what is searched.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct SearchEnginesTests {
    private let fixtures: [Fixture]

    init() throws { fixtures = try Engine.allCases.map { try Fixture($0) } }

    /// Few characters, so that names share pairs; some that engines, patterns and letters' cases treat in ways of their own.
    private static let characters = Array("aAbB01._- %'\"\\*假日照片éÉßİ😀").map(String.init)

    private static func text(_ length: Int, _ numbers: inout some RandomNumberGenerator) -> String {
        (0..<length).map { _ in characters.randomElement(using: &numbers)! }.joined()
    }

    private func add(_ names: [String], from first: Int) throws {
        let files = try names.enumerated().map { place, name in
            AdoptedFile(path: try #require(StoredPath("2024/04/\(first + place)x.png")), facts: MediaFacts(type: .png), originalName: ClientName("n" + name),
                        size: 1, createdAt: 1_700_000_000 + (first + place) * 37 % 50, owner: (first + place) % 3 == 0 ? nil : 1, sender: nil)
        }
        for fixture in fixtures { try fixture.store.adopt(files) }
    }

    /// The same happens to both: rows go, move, are hidden.
    private func disturb(_ numbers: inout some RandomNumberGenerator) throws {
        for id in (1...300).shuffled(using: &numbers).prefix(60) {
            let deed = Int.random(in: 0..<4, using: &numbers)
            for fixture in fixtures {
                switch deed {
                case 0: try fixture.store.rows.remove(id)
                case 1: try fixture.store.rows.move(id, to: try #require(StoredPath("2024/05/moved\(id).png")))
                case 2: try fixture.database.run("UPDATE file SET is_public = 0 WHERE id = ?", id)
                default: try fixture.database.run("UPDATE file SET state = 2 WHERE id = ?", id)
                }
            }
        }
    }

    private func expectSame(_ text: String) throws {
        for request in [ListRequest(search: text), ListRequest(page: Paging(2, size: 7), order: .views, descending: false, search: text, owner: 1)] {
            let (one, other) = (try fixtures[0].store.list(request), try fixtures[1].store.list(request))
            #expect(one.files.map(\.id) == other.files.map(\.id) && one.total == other.total, "\(text)")
        }
        for descending in [true, false] {
            let request = PartRequest(.owned(1), order: .matches, descending: descending, size: 11, search: text)
            let (one, other) = (try fixtures[0].store.part(request), try fixtures[1].store.part(request))
            #expect(one.files.map(\.id) == other.files.map(\.id) && one.next == other.next, "\(text)")
        }
    }

    @Test(arguments: 1...3) func bothFindTheSame(_ seed: UInt64) throws {
        var numbers = Seeded(seed)
        let names = (0..<300).map { _ in Self.text(Int.random(in: 1...9, using: &numbers), &numbers) }
        // Some come alone, some together; the last ones wait beside the index.
        try add(Array(names[..<200]), from: 0)
        for number in 200..<300 { try add([names[number]], from: number) }
        try disturb(&numbers)
        let parts = (0..<120).map { _ in
            let name = Array("n" + names.randomElement(using: &numbers)!)
            let start = Int.random(in: 0..<name.count, using: &numbers)
            return String(name[start...].prefix(Int.random(in: 1...4, using: &numbers)))
        }
        let texts = parts + parts.map { $0.uppercased() } + (0..<80).map { _ in Self.text(Int.random(in: 1...3, using: &numbers), &numbers) } + ["12x", "moved"]
        for text in Set(texts) { try expectSame(text) }
        for fixture in fixtures { try fixture.store.derive(.names) }
        for text in Set(texts) { try expectSame(text) }
        #expect(try fixtures[1].store.list(ListRequest(search: "n")).total ?? 0 > 100)
    }
}

/// The same numbers in each run (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
