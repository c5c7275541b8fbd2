import Disk
import Media
import TestSupport
import Testing
@testable import UploadPipeline

@Suite struct PieceStoreTests {
    private let temporary = TemporaryFolder()
    private let folder: Folder
    private let store: PieceStore

    init() throws {
        folder = try Folder(temporary.path)
        store = PieceStore(folder: folder, secret: [1, 2, 3])
    }

    /// - Parameter mark: what tells the upload from others of that name; nil for the sender.
    private func take(_ text: String, _ number: Int, of count: Int, sender: String = "anna", mark: String? = nil, name: String = "a.jpg",
                      limit: Int = 1000, by store: PieceStore? = nil) throws -> String? {
        let draft = try Draft(in: folder)
        try Array(text.utf8).withUnsafeBytes(draft.write)
        let piece = try #require(Piece(number: number, of: count))
        let (store, upload) = (store ?? self.store, [mark ?? sender, name])
        guard let pieces = try store.take(draft, piece, of: upload, sender: [sender], sizeLimit: limit) else { return nil }
        var joined: [UInt8] = []
        for piece in pieces { try piece.forEachPiece { joined += $0 } }
        return String(decoding: joined, as: UTF8.self)
    }

    /// Folders of files that are not whole.
    private func waiting() throws -> [String] { try folder.entries().filter { $0 != "lock" && !$0.hasPrefix(".") } }

    @Test(arguments: [(0, 0), (1, 1), (-1, 2), (2, 2), (0, Piece.countLimit + 1), (0, Int.max), (Int.min, 2)])
    func piecesThatCannotBe(number: Int, count: Int) { #expect(Piece(number: number, of: count) == nil) }

    @Test func piecesInAnyOrder() throws {
        #expect(try take("c", 2, of: 3) == nil)
        #expect(try take("x", 0, of: 3) == nil)
        #expect(try take("a", 0, of: 3) == nil)
        #expect(try take("b", 1, of: 3) == "abc")
        #expect(try waiting() == [])
    }

    @Test(arguments: [("bert", "a.jpg", 2), ("anna", "b.jpg", 2), ("anna", "a.jpg", 3)])
    func piecesOfAnotherFile(sender: String, name: String, count: Int) throws {
        #expect(try take("a", 0, of: 2) == nil)
        #expect(try take("b", 1, of: count, sender: sender, name: name) == nil)
        #expect(try waiting().count == 2)
    }

    @Test func anotherSecretIsAnotherFolder() throws {
        #expect(try take("a", 0, of: 2) == nil)
        #expect(try take("b", 1, of: 2, by: PieceStore(folder: folder, secret: [4])) == nil)
    }

    @Test func wordsAreNotRunTogether() throws {
        #expect(try take("a", 0, of: 2, sender: "x", name: "yz") == nil)
        #expect(try take("b", 1, of: 2, sender: "xy", name: "z") == nil)
    }

    @Test func tooMuchIsForgotten() throws {
        #expect(try take("12345", 0, of: 3, limit: 8) == nil)
        #expect(throws: PieceStore.Refusal.tooLarge) { try take("6789", 1, of: 3, limit: 8) }
        #expect(try waiting() == [])
    }

    @Test func filesOfOneSenderAreBounded() throws {
        for number in 0..<PieceStore.senderLimit { _ = try take("x", 0, of: 2, name: "\(number)") }
        #expect(throws: PieceStore.Refusal.tooMany) { try take("x", 0, of: 2, name: "one more") }
        #expect(try take("y", 1, of: 2, name: "3") == "xy")
        #expect(try take("x", 0, of: 2, name: "one more") == nil)
    }

    @Test func marksGiveNoMorePlaces() throws {
        for number in 0..<PieceStore.senderLimit { _ = try take("x", 0, of: 2, mark: "mark \(number)") }
        #expect(throws: PieceStore.Refusal.tooMany) { try take("x", 0, of: 2, mark: "another") }
        #expect(try take("y", 1, of: 2, mark: "mark 3") == "xy")
        #expect(try take("x", 0, of: 2, sender: "bert", mark: "another") == nil)
    }

    @Test func theMarkTellsUploadsApart() throws {
        #expect(try take("a", 0, of: 2, mark: "u1") == nil)
        #expect(try take("x", 0, of: 2, mark: "u2") == nil)
        #expect(try take("b", 1, of: 2, mark: "u1") == "ab")
        #expect(try take("y", 1, of: 2, mark: "u2") == "xy")
        #expect(try waiting() == [])
    }

    @Test func anotherSenderContinuesWhatHasTheSameMark() throws {
        #expect(try take("a", 0, of: 2, sender: "192.0.2.7", mark: "u1") == nil)
        #expect(try take("b", 1, of: 2, sender: "198.51.100.9", mark: "u1") == "ab")
        #expect(try waiting() == [])
    }

    @Test func sweepingLeavesWhatIsNew() throws {
        _ = try take("a", 0, of: 2)
        _ = try folder.folder("interrupted", creates: true)
        try store.sweep()
        #expect(try waiting().count == 1)
        #expect(try take("b", 1, of: 2) == "ab")
    }
}
