import HTTP
import Testing

/// Bodies that want memory or time; each is refused by the limit that its answer names.
@Suite struct MultipartHostileTests {
    private static let type = "multipart/form-data; boundary=b"

    private static func part(_ disposition: String, _ content: String, more: String = "") -> String {
        "--b\r\n\(more)Content-Disposition: form-data; \(disposition)\r\n\r\n\(content)\r\n"
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test(arguments: [
        BodyCase("32 parts", repeated(part("name=a", "1"), 32) + "--b--", "a: 1"),
        BodyCase("33 parts", repeated(part("name=a", "1"), 33) + "--b--", "refused: more than 32 parts"),
        BodyCase("10,000 parts", repeated(part("name=a", "1"), 10_000) + "--b--", "refused: more than 32 parts"),
        BodyCase("a header line of 16 KB", part("name=a", "1", more: "X: " + repeated("x", 16_384 - 43) + "\r\n") + "--b--", "a: 1"),
        BodyCase("and a byte", part("name=a", "1", more: "X: " + repeated("x", 16_384 - 42) + "\r\n") + "--b--", "refused: part headers over 16384 bytes"),
        BodyCase("a header line of 1 MB", part("name=a", "1", more: "X: " + repeated("x", 1 << 20) + "\r\n") + "--b--", "refused: part headers over 16384 bytes"),
        BodyCase("1 MB of line ends that are none", "--b\r\n" + repeated("\r", 1 << 20), "refused: part headers over 16384 bytes"),
        BodyCase("1 MB of half empty lines", "--b\r\nX: " + repeated("\r\n\r", 1 << 18), "refused: part headers over 16384 bytes"),
        BodyCase("64 header lines", part("name=a", "1", more: repeated("X: 1\r\n", 63)) + "--b--", "a: 1"),
        BodyCase("20,000 header lines", part("name=a", "1", more: repeated("X: 1\r\n", 20_000)) + "--b--", "refused: part headers over 16384 bytes"),
        BodyCase("100 header lines", part("name=a", "1", more: repeated("X: 1\r\n", 100)) + "--b--", "refused: more than 64 header lines in a part"),
        BodyCase("a field of 64 KB", part("name=a", repeated("x", 65_536)) + "--b--", "a: 65536 bytes"),
        BodyCase("a field of a byte more", part("name=a", repeated("x", 65_537)) + "--b--", "refused: a field over 65536 bytes"),
        BodyCase("four fields of 64 KB", repeated(part("name=a", repeated("x", 65_536)), 4) + "--b--", "a: 65536 bytes"),
        BodyCase("five fields of 60 KB", repeated(part("name=a", repeated("x", 60_000)), 5) + "--b--", "refused: fields over 262144 bytes together"),
        BodyCase("a preamble of 64 KB", repeated("x", 65_534) + "\r\n" + part("name=a", "1") + "--b--", "a: 1"),
        BodyCase("a preamble of 1 MB", repeated("x", 1 << 20) + "\r\n" + part("name=a", "1") + "--b--", "refused: no boundary in the first 65536 bytes"),
        BodyCase("an epilogue of 64 KB", part("name=a", "1") + "--b--\r\n" + repeated("x", 65_534), "a: 1"),
        BodyCase("an epilogue of 1 MB", part("name=a", "1") + "--b--\r\n" + repeated("x", 1 << 20), "refused: more than 65536 bytes after the last boundary"),
        BodyCase("71 blanks behind a boundary", "--b" + repeated(" ", 71) + "\r\n", "refused: blanks behind a boundary"),
    ])
    func limits(_ example: BodyCase) throws {
        for size in [Int.max, 8_192, 1_000] {
            let outcome = try Outcome(MultipartHostileTests.type, PiecewiseBody(Bytes(example.body.utf8), sizes: [size]))
            #expect(Set(outcome.lines) == Set(example.lines), "reads of \(size) bytes")
        }
    }

    /// The limit or the fault, the field, and what to do.
    @Test(arguments: [
        (part("name=first", "1") + part("name=second", repeated("x", 65_537)) + "--b--",
         "The form has a fault in or behind the field \"second\": a field over 65536 bytes; send a shorter text, or a file with a file name."),
        (repeated(part("name=a", "1"), 33) + "--b--",
         "The form has a fault in or behind the field \"a\": more than 32 parts; send fewer fields or files in one request."),
        ("--b\r\nX: 1\r\n\r\nabc\r\n--b--", "The form has a fault: a part without a name; let an HTTP library write the form."),
        (part("name=" + repeated("n", 100), "1"),
         "The form has a fault in or behind the field \"" + repeated("n", 60) + "…\": it ends before the last boundary; send the whole form once more."),
    ])
    func details(body: String, detail: String) throws {
        let reader = try MultipartReader(contentType: MultipartHostileTests.type, body: PiecewiseBody(body))
        let problem = #expect(throws: Problem.self) { while try reader.nextPart() != nil { _ = try reader.readField() } }
        #expect(problem?.detail == detail)
    }

    /// A field is refused at its limit, not at its end; a file of any size takes no more memory than one of a byte.
    @Test func aFieldOf100MB() throws {
        let body = GeneratedBody(start: "--b\r\nContent-Disposition: form-data; name=token\r\n\r\n", filling: Bytes(repeating: 120, count: 65_536),
                                 length: 100_000_000, end: "\r\n--b--")
        #expect(try Outcome(MultipartHostileTests.type, body).lines == ["refused: a field over 65536 bytes"])
    }

    /// Zeros, line ends, half boundaries.
    @Test(arguments: [[0], [13, 10], [13], Bytes("\r\n--".utf8), [45]])
    func aFileOf30MB(_ filling: Bytes) throws {
        let length = 30_000_000
        let body = GeneratedBody(start: "--b\r\nContent-Disposition: form-data; name=image; filename=a\r\n\r\n",
                                 filling: Bytes((0..<65_536).map { filling[$0 % filling.count] }), length: length, end: "\r\n--b--\r\n")
        let reader = try MultipartReader(contentType: MultipartHostileTests.type, body: body)
        #expect(try reader.nextPart()?.name == "image")
        var seen = 0, largest = 0
        try reader.readPart { piece in
            seen += piece.count
            largest = max(largest, piece.count)
        }
        #expect(try reader.nextPart() == nil)
        #expect(seen == length)
        #expect(largest <= 150_000 && body.largestRequest <= 150_000)
    }

    /// Single bytes do not make the search start over: this would take minutes if they did.
    @Test func aLongHeaderInSingleBytes() throws {
        let header = "Content-Disposition: form-data; name=a; x=\"" + String(repeating: "\r\n \r", count: 4_000)
        let outcome = try Outcome(MultipartHostileTests.type, PiecewiseBody(Bytes("--b\r\n\(header)".utf8), sizes: [1]))
        #expect(outcome.lines == ["refused: it ends before the last boundary"])
    }
}
