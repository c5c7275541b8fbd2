import HTTP
import Testing

/// A body, with boundary "b", and the parts or the refusal that must come of it; each line end is written as it is.
struct BodyCase: CustomTestStringConvertible, Sendable {
    let title: String
    let body: String
    let lines: [String]

    init(_ title: String, _ body: String, _ lines: String...) {
        self.title = title
        self.body = body
        self.lines = lines
    }

    var testDescription: String { title }

    private static let a = "Content-Disposition: form-data; name=\"a\"\r\n"
    private static let file = "Content-Disposition: form-data; name=\"image\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n"

    static let taken = [
        BodyCase("no part at all", "--b--\r\n"),
        BodyCase("one field", "--b\r\n\(a)\r\nhello\r\n--b--\r\n", "a: hello"),
        BodyCase("an empty field", "--b\r\n\(a)\r\n\r\n--b--\r\n", "a: "),
        BodyCase("an empty field without the empty line's end", "--b\r\n\(a)\r\n--b\r\n\(file)\r\nPNG\r\n--b--\r\n",
                 "a: ", "image file \"x.png\" (image/png): PNG"),
        BodyCase("file and field", "--b\r\n\(file)\r\nPNG\r\n--b\r\n\(a)\r\n1\r\n--b--\r\n", "image file \"x.png\" (image/png): PNG", "a: 1"),
        BodyCase("a file field left empty", "--b\r\nContent-Disposition: form-data; name=image; filename=\"\"\r\n\r\n\r\n--b--\r\n", "image file \"\": "),
        BodyCase("no line end after the last boundary", "--b\r\n\(a)\r\nhello\r\n--b--", "a: hello"),
        BodyCase("LF after the last boundary", "--b\r\n\(a)\r\nhello\r\n--b--\n", "a: hello"),
        BodyCase("blanks after the last boundary", "--b\r\n\(a)\r\nhello\r\n--b-- \t\r\n", "a: hello"),
        BodyCase("preamble and epilogue", "note\r\n--x\r\n--b\r\n\(a)\r\nhello\r\n--b--\r\nbye\r\n--b\r\n\(a)\r\nno\r\n--b--", "a: hello"),
        BodyCase("a line end before the first boundary", "\r\n--b\r\n\(a)\r\n1\r\n--b--", "a: 1"),
        BodyCase("blanks behind a boundary", "--b \t \r\n\(a)\r\n1\r\n--b\t\r\n\(a)\r\n2\r\n--b--", "a: 1", "a: 2"),
        BodyCase("content with line ends at both ends", "--b\r\n\(a)\r\n\r\n\r\n1\r\n\r\n\r\n--b--", "a: \r\n\r\n1\r\n\r\n"),
        BodyCase("content with LF", "--b\r\n\(a)\r\n\n--b\n\n--b--\n\r\n--b--", "a: \n--b\n\n--b--\n"),
        BodyCase("almost the boundary", "--b\r\n\(a)\r\n\r\n-b\r\n\r\r\n-\r\n--\r\n--a\r--b\r\n\r--b--\r\n--b--", "a: \r\n-b\r\n\r\r\n-\r\n--\r\n--a\r--b\r\n\r--b--"),
        BodyCase("boundary in a line", "--b\r\n\(a)\r\nx--b\r\n --b\r\n--b--", "a: x--b\r\n --b"),
        BodyCase("other part headers", "--b\r\nContent-Length: 5\r\nX-Other: 1\r\n\(a)Content-Transfer-Encoding: binary\r\n\r\nhello\r\n--b--", "a: hello"),
        BodyCase("wrong length in a part header", "--b\r\n\(a)Content-Length: 1\r\n\r\nhello\r\n--b--", "a: hello"),
        BodyCase("a folded part header", "--b\r\nContent-Disposition: form-data;\r\n\tname=image;\r\n filename=\"a b\"\r\n\r\n1\r\n--b--", "image file \"a b\": 1"),
        BodyCase("the same name twice", "--b\r\n\(a)\r\n1\r\n--b\r\n\(a)\r\n2\r\n--b--", "a: 1", "a: 2"),
        BodyCase("bytes that are no UTF-8 are repaired in fields", "--b\r\n\(a)\r\n\u{FFFD}\r\n--b--", "a: \u{FFFD}"),
        BodyCase("NUL in content", "--b\r\n\(a)\r\n1\u{0}2\r\n--b--", "a: 1\u{0}2"),
        BodyCase("a form inside of a form", "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            + "--c\r\n\(file)\r\nPNG\r\n--c--\r\n--b--", "a (multipart/mixed; boundary=c): --c\r\n\(file)\r\nPNG\r\n--c--"),
    ]

    static let refused = [
        BodyCase("empty", "", "refused: it ends before the last boundary"),
        BodyCase("no boundary", "hello", "refused: it ends before the last boundary"),
        BodyCase("only a boundary", "--b", "refused: it ends before the last boundary"),
        BodyCase("a boundary and a line end", "--b\r\n", "refused: it ends before the last boundary"),
        BodyCase("one dash", "--b\r\n\(a)\r\n1\r\n--b-", "refused: it ends before the last boundary"),
        BodyCase("cut in the content", "--b\r\n\(a)\r\n1", "refused: it ends before the last boundary"),
        BodyCase("cut in a header", "--b\r\n\(a)", "refused: it ends before the last boundary"),
        BodyCase("another boundary", "--c\r\n\(a)\r\n1\r\n--c--", "refused: it ends before the last boundary"),
        BodyCase("two dashes missing", "--b\r\n\(a)\r\n1\r\n--b\r\n", "refused: it ends before the last boundary"),
        BodyCase("LF alone", "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--\n", "refused: lines end in LF alone, not in CR LF"),
        BodyCase("LF behind a later boundary", "--b\r\n\(a)\r\n1\r\n--b\n\(a)\r\n1\r\n--b--", "refused: lines end in LF alone, not in CR LF"),
        BodyCase("LF in part headers", "--b\r\nX: 1\n\(a)\r\n1\r\n--b--", "refused: a part header with a bare line end or NUL"),
        BodyCase("CR in part headers", "--b\r\nX: 1\r2\r\n\(a)\r\n1\r\n--b--", "refused: a part header with a bare line end or NUL"),
        BodyCase("NUL in part headers", "--b\r\nX: 1\u{0}\r\n\(a)\r\n1\r\n--b--", "refused: a part header with a bare line end or NUL"),
        BodyCase("a longer boundary", "--b\r\n\(a)\r\n1\r\n--bc\r\n--b--", "refused: text behind a boundary"),
        BodyCase("CR alone behind a boundary", "--b\r--b--", "refused: text behind a boundary"),
        BodyCase("three dashes", "--b\r\n\(a)\r\n1\r\n--b---", "refused: text behind the last boundary"),
        BodyCase("no header", "--b\r\n\r\n1\r\n--b--", "refused: a part without a name"),
        BodyCase("no name", "--b\r\nContent-Disposition: form-data; filename=a\r\n\r\n1\r\n--b--", "refused: a part without a name"),
        BodyCase("no disposition", "--b\r\nContent-Type: image/png\r\n\r\n1\r\n--b--", "refused: a part without a name"),
        BodyCase("two names", "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--b--", "refused: a part with two names"),
        BodyCase("two dispositions", "--b\r\n\(a)\(file)\r\n1\r\n--b--", "refused: a part with two Content-Disposition lines"),
        BodyCase("a header without colon", "--b\r\nnonsense\r\n\(a)\r\n1\r\n--b--", "refused: a part header without a colon"),
        BodyCase("a first header line that begins with a blank", "--b\r\n name\r\n\(a)\r\n1\r\n--b--", "refused: a part header without a colon"),
    ]
}

@Suite struct MultipartReaderTests {
    @Test(arguments: BodyCase.taken + BodyCase.refused)
    func bodies(_ example: BodyCase) throws {
        #expect(try Outcome(example.body).lines == example.lines)
    }

    /// However the bytes come in, the outcome is the same.
    @Test(arguments: BodyCase.taken + BodyCase.refused)
    func everySplitOfReadsGivesTheSame(_ example: BodyCase) throws {
        let bytes = Bytes(example.body.utf8)
        let splits = [[1], [2], [3], [7]] + bytes.indices.dropFirst().map { [$0, .max] } + bytes.indices.dropFirst().map { [$0, 1] }
        for split in splits {
            let outcome = try Outcome("multipart/form-data; boundary=b", PiecewiseBody(bytes, sizes: split))
            #expect(outcome.lines == example.lines, "reads of \(split) bytes")
        }
    }

    @Test(arguments: BodyCase.taken)
    func aBodyCutAnywhereBeforeItsLastBoundaryIsRefused(_ example: BodyCase) throws {
        let bytes = Bytes(example.body.utf8)
        let ends = bytes.indices.filter { bytes[$0...].starts(with: "--b--".utf8) }
        for length in 0..<(try #require(ends.first) + 5) where !ends.contains(length - 5) {
            let outcome = try Outcome("multipart/form-data; boundary=b", PiecewiseBody(Bytes(bytes[..<length])))
            guard case .refused = outcome else { return #expect(Bool(false), "taken with \(length) bytes") }
        }
    }

    private static let body = "--bound\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--bound--"
    private static let long = String(repeating: "b", count: 70)

    @Test(arguments: [
        ("multipart/form-data; boundary=bound", "a: 1"),
        ("multipart/form-data;boundary=bound", "a: 1"),
        ("multipart/form-data; boundary=\"bound\"", "a: 1"),
        ("Multipart/Form-Data; Boundary=bound", "a: 1"),
        ("multipart/form-data ; charset=utf-8 ; boundary = bound ", "a: 1"),
        ("multipart/form-data; boundary=bound; charset=utf-8", "a: 1"),
        ("multipart/form-data; boundary=\"bound", "a: 1"),
        ("multipart/form-data; boundary=", "refused: no boundary in the content type"),
        ("multipart/form-data; boundary=\"\"", "refused: no boundary in the content type"),
        ("multipart/form-data; boundary", "refused: no boundary in the content type"),
        ("multipart/form-data", "refused: no boundary in the content type"),
        ("multipart/form-data; boundary=bound; boundary=other", "refused: more than one boundary in the content type"),
        ("multipart/form-data; boundary=\(long)", "refused: it ends before the last boundary"),
        ("multipart/form-data; boundary=\(long)b", "refused: a boundary over 70 bytes"),
        ("multipart/form-data; boundary=\(String(repeating: "b", count: 10_240))", "refused: a boundary over 70 bytes"),
        ("multipart/form-data; boundary=bo\tund", "refused: a boundary of other than printable ASCII"),
        ("multipart/form-data; boundary=bo\r\nund", "refused: a boundary of other than printable ASCII"),
        ("multipart/form-data; boundary=böund", "refused: a boundary of other than printable ASCII"),
        ("multipart/mixed; boundary=bound", "400 No file uploaded"),
        ("application/x-www-form-urlencoded", "400 No file uploaded"),
        ("image/png", "400 No file uploaded"),
        ("", "400 No file uploaded"),
    ])
    func contentTypes(_ contentType: String, _ expected: String) throws {
        #expect(try Outcome(contentType, PiecewiseBody(MultipartReaderTests.body)).lines == [expected])
    }

    @Test(arguments: [1, 2, 69, 70])
    func boundariesOfEveryLength(_ length: Int) throws {
        let boundary = String(repeating: "-", count: length)
        let body = "--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n\(boundary)\r\n--\(boundary)--"
        #expect(try Outcome(body, boundary: boundary).lines == ["a: \(boundary)"])
    }

    @Test func aBoundaryWithBlanksAndSemicolonsIsQuoted() throws {
        let body = "--a b;c\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a b;c--"
        #expect(try Outcome("multipart/form-data; boundary=\"a b;c\"", PiecewiseBody(body)).lines == ["a: 1"])
    }

    @Test func partsNobodyReadsArePassedOver() throws {
        let reader = try MultipartReader(contentType: "multipart/form-data; boundary=b", body: PiecewiseBody(
            "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=c\r\n\r\n2\r\n--b--"))
        #expect(try reader.nextPart()?.name == "a")
        #expect(try reader.nextPart()?.name == "c")
        #expect(try reader.readField() == "2")
        #expect(try reader.readField() == "")
        #expect(try reader.nextPart() == nil)
        #expect(try reader.nextPart() == nil)
    }

    @Test func anEmptyPartGivesNoPiece() throws {
        let reader = try MultipartReader(contentType: "multipart/form-data; boundary=b", body: PiecewiseBody(
            "--b\r\nContent-Disposition: form-data; name=a; filename=\r\n\r\n\r\n--b--"))
        #expect(try reader.nextPart()?.fileName == [])
        try reader.readPart { _ in Issue.record("a piece of an empty part") }
    }

    /// What a body throws (it is shorter than declared), even behind the last boundary, is what the reader throws.
    @Test(arguments: ["--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "--b--", "--b--\r\n", ""])
    func aBodyThatBreaksOffIsNoForm(_ text: String) throws {
        final class BrokenBody: BodyStream {
            let body: PiecewiseBody
            init(_ text: String) { body = PiecewiseBody(text) }
            func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
                let count = body.read(into: buffer)
                guard count > 0 else { throw Problem(.badRequest, says: "cut short") }
                return count
            }
        }
        #expect(try Outcome("multipart/form-data; boundary=b", BrokenBody(text)).lines == ["400 cut short"])
    }
}
