// multipart/form-data (RFC 7578, RFC 2046 section 5.1) as it streams: constant memory, one pass, one grammar. A body that is
// cut short or malformed is refused whole; half a form is never acted on (CVE-2024-8925 was a parser that did).

import Glibc

/// The bounds of a form, each named by the refusal that it causes.
public struct MultipartLimits: Sendable {
    /// RFC 2046, section 5.1.1.
    public var boundaryLength = 70
    /// A form of this site has two or three parts (CVE-2023-24998: unlimited parts).
    public var parts = 32
    /// Bytes of one part's header lines: names of 4 KB and more are seen in the wild.
    public var headerLength = 16_384
    /// Bytes of a text field.
    public var fieldLength = 65_536

    public init() {}
}

/// Reads the parts of a form one after the other.
public final class MultipartReader {
    private let body: any BodyStream
    private let limits: MultipartLimits
    private let delimiter: [UInt8]
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var partsSeen = 0
    private var isBetweenParts = true

    private static let bufferLength = 131_072

    /// - Throws: `Problem` 400 when the content type is no multipart form with a valid boundary.
    public init(contentType: String, body: any BodyStream, limits: MultipartLimits = MultipartLimits()) throws {
        let boundary = try MultipartReader.boundary(in: contentType, limit: limits.boundaryLength)
        self.body = body
        self.limits = limits
        delimiter = Array("\r\n--".utf8) + boundary
        buffer = .allocate(byteCount: MultipartReader.bufferLength, alignment: 16)
        // The first delimiter needs no line end before it; with one put there, all delimiters are alike.
        buffer.copyBytes(from: "\r\n".utf8)
        end = 2
    }

    deinit { buffer.deallocate() }

    /// The header of the next part, or nil after the last.
    public func nextPart() throws -> PartHeader? {
        if !isBetweenParts { try readPart { _ in } }
        if partsSeen == 0 { try readUpToDelimiter { _ in } }
        guard try !isAtLastDelimiter() else { return nil }
        partsSeen += 1
        guard partsSeen <= limits.parts else { throw MultipartReader.refusal("more than \(limits.parts) parts") }
        isBetweenParts = false
        return try PartHeader(lines: readHeaderLines())
    }

    /// Gives the bytes of the current part to `consume`, in pieces.
    public func readPart(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        try readUpToDelimiter(consume)
        isBetweenParts = true
    }

    /// The bytes of the current part, a text field.
    public func readField() throws -> String {
        var bytes: [UInt8] = []
        try readPart { piece in
            guard bytes.count + piece.count <= limits.fieldLength else {
                throw MultipartReader.refusal("a field over \(limits.fieldLength) bytes")
            }
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func readUpToDelimiter(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            if let found = position(of: delimiter) {
                try consume(UnsafeRawBufferPointer(rebasing: buffer[start..<found]))
                start = found + delimiter.count
                return
            }
            // What may be the beginning of a delimiter stays for the next look.
            let sure = max(start, end - (delimiter.count - 1))
            if sure > start { try consume(UnsafeRawBufferPointer(rebasing: buffer[start..<sure])) }
            start = sure
            try fill()
        }
    }

    /// Behind a delimiter: "--" ends the form, a line end begins a part; blanks before that are transport padding.
    private func isAtLastDelimiter() throws -> Bool {
        try need(2)
        if buffer[start] == UInt8(ascii: "-"), buffer[start + 1] == UInt8(ascii: "-") { return true }
        var padding = 0
        while buffer[start] == UInt8(ascii: " ") || buffer[start] == UInt8(ascii: "\t") {
            padding += 1
            guard padding <= limits.boundaryLength else { throw MultipartReader.refusal("blanks after a boundary") }
            start += 1
            try need(2)
        }
        guard buffer[start] == 13, buffer[start + 1] == 10 else {
            throw MultipartReader.refusal("a boundary that is not followed by CR LF")
        }
        start += 2
        return false
    }

    private func readHeaderLines() throws -> [UInt8] {
        // A part without header lines begins with its empty line.
        try need(2)
        if buffer[start] == 13, buffer[start + 1] == 10 {
            start += 2
            return []
        }
        while true {
            if let found = position(of: [13, 10, 13, 10]), found - start <= limits.headerLength {
                let lines = Array(buffer[start..<found])
                start = found + 4
                return lines
            }
            guard end - start < limits.headerLength + 4 else {
                throw MultipartReader.refusal("part headers over \(limits.headerLength) bytes")
            }
            try fill()
        }
    }

    /// Where a pattern that begins with CR stands. Line ends are rare in pictures, so this runs at memchr's speed.
    private func position(of pattern: [UInt8]) -> Int? {
        var from = start
        while let base = buffer.baseAddress, let found = memchr(base + from, 13, end - from) {
            let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            guard end - place >= pattern.count else { return nil }
            if memcmp(found, pattern, pattern.count) == 0 { return place }
            from = place + 1
        }
        return nil
    }

    private func need(_ count: Int) throws {
        while end - start < count { try fill() }
    }

    /// Reads more behind what is there, after moving that to the front of the buffer.
    private func fill() throws {
        if start > 0, let base = buffer.baseAddress {
            memmove(base, base + start, end - start)
            end -= start
            start = 0
        }
        let count = try body.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        guard count > 0 else { throw MultipartReader.refusal("no closing boundary") }
        end += count
    }

    static func refusal(_ reason: String) -> Problem {
        Problem(.badRequest, says: "Invalid multipart body: \(reason)")
    }

    private static func boundary(in contentType: String, limit: Int) throws -> [UInt8] {
        let field = HeaderValue(Array(contentType.utf8))
        guard field.value.lowercased() == "multipart/form-data" else {
            throw Problem(.badRequest, says: "No file uploaded", because: "the content type is no multipart/form-data")
        }
        guard let boundary = field.parameter("boundary"), !boundary.isEmpty else { throw refusal("no boundary") }
        guard boundary.count <= limit else { throw refusal("a boundary over \(limit) bytes") }
        guard boundary.allSatisfy({ (0x20..<0x7F).contains($0) }) else { throw refusal("a boundary of other than printable ASCII") }
        return boundary
    }
}
