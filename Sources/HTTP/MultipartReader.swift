// Streaming parser for multipart/form-data (RFC 7578, RFC 2046 section 5.1): constant memory, one pass. A truncated
// or malformed body is rejected as a whole; half a form is never processed (CVE-2024-8925 was a parser that did). Line ends of
// LF alone are rejected on purpose: parsers disagree about them, and such differences bypass filters.

/// Reads the parts of a form one after the other.
public final class MultipartReader {
    private let window: BodyWindow
    private let limits: MultipartLimits
    /// Line end, two dashes, boundary: precedes every part and follows the last.
    private let delimiter: [UInt8]
    private var place = Place.beforeFirstPart
    private var partsSeen = 0
    /// Of the part that was begun last.
    private var partName: String?
    private var textLength = 0

    private enum Place { case beforeFirstPart, inPart, behindDelimiter, atEnd }

    /// Buffer for content, in addition to one part's header lines.
    private static let bufferLength = 131_072
    private static let lineEnd: [UInt8] = [13, 10]

    /// - Throws: `Problem` 400 unless the content type is a multipart form with a valid boundary.
    public init(contentType: String, body: any BodyStream, limits: MultipartLimits = MultipartLimits()) throws {
        let boundary = try MultipartReader.boundary(in: contentType, limit: limits.boundaryLength)
        self.limits = limits
        delimiter = MultipartReader.lineEnd + Array("--".utf8) + boundary
        // The first delimiter may lack the line end before it; with one added, all delimiters are alike.
        window = BodyWindow(over: body, length: MultipartReader.bufferLength + limits.headerLength, prefix: MultipartReader.lineEnd)
    }

    /// The header of the next part; nil after the last. Skips the rest of the current part.
    ///
    /// - Throws: `Problem` 400 with the limit or the reason; errors of the body.
    public func nextPart() throws -> PartHeader? {
        switch place {
        case .beforeFirstPart: try passOverPreamble()
        case .inPart: try readPart { _ in }
        case .behindDelimiter: break
        case .atEnd: return nil
        }
        guard try !isAtLastDelimiter() else {
            try passOverEpilogue()
            return nil
        }
        partsSeen += 1
        guard partsSeen <= limits.parts else { throw fault("more than \(limits.parts) parts", "send fewer fields or files in one request") }
        let header = try PartHeader(lines: readHeaderLines(), limits: limits)
        (place, partName) = (.inPart, header.name)
        return header
    }

    /// Passes the bytes of the current part to `consume`, in pieces of at least one byte.
    ///
    /// - Throws: `Problem` 400 as `nextPart`; errors of `consume`.
    public func readPart(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard place == .inPart else { return }
        try readUpToDelimiter(consume)
        place = .behindDelimiter
    }

    /// The current part as a text field; invalid UTF-8 is replaced.
    ///
    /// - Throws: `Problem` 400 if this field or all text fields together are too long.
    public func readField() throws -> String {
        var bytes: [UInt8] = []
        try readPart { piece in
            textLength += piece.count
            guard bytes.count + piece.count <= limits.fieldLength else {
                throw fault("a field over \(limits.fieldLength) bytes", "send a shorter text, or a file with a file name")
            }
            guard textLength <= limits.textLength else {
                throw fault("fields over \(limits.textLength) bytes together", "send fewer or shorter texts")
            }
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func readUpToDelimiter(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            let found = window.find(delimiter)
            if found.offset > 0 { try consume(window.first(found.offset)) }
            window.drop(found.offset)
            if found.isWhole { return window.drop(delimiter.count) }
            try fill()
        }
    }

    private func passOverPreamble() throws {
        var length = 0
        try readUpToDelimiter { piece in
            length += piece.count
            guard length <= limits.surroundingLength else {
                throw fault("no boundary in the first \(limits.surroundingLength) bytes", "send the boundary of the body in the Content-Type")
            }
        }
    }

    /// Reads to the end of the body, so that a body shorter than declared is detected even if its parts look complete.
    private func passOverEpilogue() throws {
        var length = 0
        repeat {
            length += window.count
            guard length <= limits.surroundingLength else {
                throw fault("more than \(limits.surroundingLength) bytes after the last boundary")
            }
            window.drop(window.count)
        } while try window.fill()
        place = .atEnd
    }

    /// After a delimiter: "--" ends the form, a line end begins a part; spaces before that are transport padding. If the boundary continues
    /// with other characters, the form is rejected: content must not contain it (RFC 2046, section 5.1.1).
    private func isAtLastDelimiter() throws -> Bool {
        try need(2)
        if window[0] == UInt8(ascii: "-"), window[1] == UInt8(ascii: "-") {
            window.drop(2)
            if try window.count == 0 && !window.fill() { return true }
            guard [9, 10, 13, 32].contains(window[0]) else { throw fault("text behind the last boundary") }
            return true
        }
        try passOverBlanks()
        guard window[0] != 10 else { throw fault("lines end in LF alone, not in CR LF") }
        guard window.begins(with: MultipartReader.lineEnd) else { throw fault("text behind a boundary") }
        return false
    }

    private func passOverBlanks() throws {
        var length = 0
        while window[0] == 9 || window[0] == 32 {
            length += 1
            guard length <= limits.boundaryLength else { throw fault("blanks behind a boundary") }
            window.drop(1)
            try need(2)
        }
    }

    /// The lines from the current position, the delimiter's line end, to the empty line.
    private func readHeaderLines() throws -> [UInt8] {
        let emptyLine = MultipartReader.lineEnd + MultipartReader.lineEnd
        var found = window.find(emptyLine)
        while !found.isWhole {
            try refuseOver(headerLength: found.offset - 2)
            try fill()
            found = window.find(emptyLine, from: found.offset)
        }
        try refuseOver(headerLength: found.offset - 2)
        let lines = Array(window.first(found.offset).dropFirst(2))
        // The line end of the empty line may belong to the next delimiter: this part then has no content. Consuming it would
        // merge this part with the following ones.
        window.drop(found.offset + 2)
        try need(delimiter.count)
        if !window.begins(with: delimiter) { window.drop(2) }
        return lines
    }

    private func refuseOver(headerLength length: Int) throws {
        guard length <= limits.headerLength else { throw fault("part headers over \(limits.headerLength) bytes", "send shorter names") }
    }

    private func need(_ length: Int) throws {
        while window.count < length { try fill() }
    }

    private func fill() throws {
        guard try window.fill() else { throw fault("it ends before the last boundary", "send the whole form once more") }
    }

    /// A fault in the part that was begun last, or behind it.
    private func fault(_ reason: String, _ advice: String = MultipartReader.advice) -> Problem {
        MultipartReader.refusal(reason, in: partName, advice)
    }

    static let advice = "let an HTTP library write the form"

    /// - Parameters:
    ///   - reason: the limit or the fault.
    ///   - field: the name of the part, if there was one already.
    static func refusal(_ reason: String, in field: String? = nil, _ advice: String = MultipartReader.advice) -> Problem {
        let place = field.map { " in or behind the field \"\(Problem.excerpt($0))\"" } ?? ""
        return Problem(.badRequest, says: "Invalid multipart body: \(reason)", detail: "The form has a fault\(place): \(reason); \(advice).")
    }

    private static func boundary(in contentType: String, limit: Int) throws -> [UInt8] {
        let field = HeaderValue(Array(contentType.utf8))
        guard field.value.lowercased() == "multipart/form-data" else {
            throw Problem.noFile("The body is \(field.value.isEmpty ? "of no stated type" : Problem.excerpt(field.value)), and only a form of the type "
                + "multipart/form-data carries a file; send such a form.", because: "the content type is no multipart/form-data")
        }
        let sent = field.all("boundary")
        guard let boundary = sent.first, !boundary.isEmpty else { throw refusal("no boundary in the content type") }
        guard sent.count == 1 else { throw refusal("more than one boundary in the content type") }
        guard boundary.count <= limit else { throw refusal("a boundary over \(limit) bytes", in: nil, "choose a shorter boundary") }
        guard boundary.allSatisfy({ (0x20..<0x7F).contains($0) }) else { throw refusal("a boundary of other than printable ASCII") }
        return boundary
    }
}
