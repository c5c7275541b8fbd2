// The seeds of the fuzzer (Tests/Fuzz/Multipart) as an ordinary test: each as it is, and changed at random places; and forms
// made at random, which must be read as they were written.

import Glibc
import HTTP
import Testing

/// A file of the seeds folder: a line with the content type, then the body.
struct FormSeed: CustomTestStringConvertible {
    let name: String
    let bytes: Bytes

    var testDescription: String { name }

    private static let folder = "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fuzz/Multipart/seeds"

    static let all: [FormSeed] = {
        guard let folder = opendir(FormSeed.folder) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { FormSeed(name: $0, bytes: contents(of: $0)) }
    }()

    private static func contents(of name: String) -> Bytes {
        guard let file = fopen("\(folder)/\(name)", "r") else { return [] }
        defer { fclose(file) }
        var block = Bytes(repeating: 0, count: 8_192)
        let count = fread(&block, 1, block.count, file)
        return Bytes(block.prefix(count))
    }
}

@Suite struct MultipartSeedTests {
    private func outcome(_ input: Bytes, sizes: [Int]) throws -> Outcome {
        let type = String(decoding: input.prefix { $0 != 10 }, as: UTF8.self)
        return try Outcome(type, PiecewiseBody(Bytes(input.drop { $0 != 10 }.dropFirst()), sizes: sizes))
    }

    private static let refusedSeeds: Set = ["cut", "line-feeds", "many-parts", "no-boundary", "other-type"]

    @Test func seedsAreTakenOrRefusedAsTheirNamesSay() throws {
        #expect(FormSeed.all.count == 18)
        for seed in FormSeed.all {
            if case .refused(let message) = try outcome(seed.bytes, sizes: [.max]) {
                #expect(MultipartSeedTests.refusedSeeds.contains(seed.name), "\(seed.name): \(message)")
            } else {
                #expect(!MultipartSeedTests.refusedSeeds.contains(seed.name), "\(seed.name)")
            }
        }
    }

    /// Whatever the bytes are, they are a form or refused, and the same in all pieces.
    @Test(arguments: FormSeed.all)
    func seedsChangedAnywhereMeanTheSameInAllPieces(_ seed: FormSeed) throws {
        var numbers = RepeatableNumbers(state: UInt64(seed.bytes.count))
        for round in 0..<300 {
            var bytes = seed.bytes
            for _ in 0..<Int.random(in: 1...4, using: &numbers) { change(&bytes, &numbers) }
            let whole = try outcome(bytes, sizes: [.max])
            let sizes = (0..<200).map { _ in Int.random(in: 1...40, using: &numbers) }
            #expect(try outcome(bytes, sizes: [1]) == whole, "round \(round): \(bytes)")
            #expect(try outcome(bytes, sizes: sizes) == whole, "round \(round): \(bytes) in \(sizes)")
        }
    }

    private static let words = ["\r\n", "\r\n\r\n", "--b", "\r\n--b", "\r\n--b--", "\r", "-", "\"", ";", "=", ": ", "=?utf-8?Q?", "?=", "'"].map { Bytes($0.utf8) }

    private func change(_ bytes: inout Bytes, _ numbers: inout RepeatableNumbers) {
        guard let place = bytes.indices.randomElement(using: &numbers) else { return }
        let end = min(place + Int.random(in: 1...8, using: &numbers), bytes.count)
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: bytes.indices.randomElement(using: &numbers) ?? place)
        case 3: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...20, using: &numbers)))
        default: bytes.insert(contentsOf: MultipartSeedTests.words.randomElement(using: &numbers) ?? [], at: place)
        }
    }

    /// Contents full of what looks like boundaries, of lengths around the reader's buffer, come out as they went in.
    @Test(arguments: 0..<60)
    func randomFormsAreReadAsTheyWereWritten(_ seed: UInt64) throws {
        var numbers = RepeatableNumbers(state: seed)
        let boundary = (["b", "--b", "-----------------------------boundary42"] as [String]).randomElement(using: &numbers) ?? "b"
        let parts = (0..<Int.random(in: 0...5, using: &numbers)).map { index in
            ReadPart(name: "n\(index)", fileName: Bytes("f\(index).png".utf8), contentType: nil, content: content(without: boundary, &numbers))
        }
        var body: Bytes = []
        for part in parts {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\(part.name); filename=\"".utf8
            body += (part.fileName ?? []) + "\"\r\n\r\n".utf8 + part.content + "\r\n".utf8
        }
        body += "--\(boundary)--".utf8
        let sizes = (0..<5_000).map { _ in Int.random(in: 1...300, using: &numbers) }
        for pieces in [[Int.max], sizes] {
            #expect(try Outcome("multipart/form-data; boundary=\"\(boundary)\"", PiecewiseBody(body, sizes: pieces)) == .parts(parts))
        }
    }

    private func content(without boundary: String, _ numbers: inout RepeatableNumbers) -> Bytes {
        let delimiter = Bytes("\r\n--\(boundary)".utf8)
        let padding = [0, 0, 1, 131_000, 131_072, 147_000].randomElement(using: &numbers) ?? 0
        var bytes = Bytes(repeating: 120, count: padding + Int.random(in: 0...600, using: &numbers))
        for _ in 0..<Int.random(in: 0...40, using: &numbers) {
            // Never the whole delimiter; and a letter behind it, so that the next piece cannot complete it.
            bytes += delimiter.prefix(Int.random(in: 0..<delimiter.count, using: &numbers)) + [Bool.random(using: &numbers) ? 13 : 120]
        }
        return bytes
    }
}
