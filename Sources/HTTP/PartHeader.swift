// The header of one part. Clients encode file names in many ways, and all of them are supported: quoted with raw UTF-8 or any other
// bytes, with the escapes of browsers (%22 %0D %0A) or of older programs (\"), unquoted, as filename* (RFC 5987) and as
// encoded words (RFC 2047). An ambiguous header is rejected.

import Text

/// The header fields of a part.
public struct PartHeader: Sendable {
    /// The field's name.
    public let name: String
    /// The bytes of the file name as sent, possibly a path; nil for a text field, empty if no file was chosen.
    public let fileName: [UInt8]?
    /// The content type that the client claims; never trusted.
    public let contentType: String?

    /// - Parameter lines: header lines, separated by line ends.
    init(lines: [UInt8], limits: MultipartLimits) throws {
        let fields = try PartHeader.fields(lines, limit: limits.headerLines)
        let dispositions = fields.filter { $0.name == "content-disposition" }.map { HeaderValue($0.value) }
        guard dispositions.count < 2 else { throw MultipartReader.refusal("a part with two Content-Disposition lines") }
        let names = dispositions.first?.all("name") ?? []
        guard names.count < 2 else { throw MultipartReader.refusal("a part with two names") }
        guard let disposition = dispositions.first, let name = names.first else { throw MultipartReader.refusal("a part without a name") }
        self.name = String(decoding: name, as: UTF8.self)
        fileName = PartHeader.fileName(disposition)
        contentType = fields.first { $0.name == "content-type" }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The extended name is preferred if it can be decoded and is not empty (RFC 6266, section 4.3).
    private static func fileName(_ disposition: HeaderValue) -> [UInt8]? {
        let plain = disposition.all("filename").first.map { EncodedWord.decode(unescaped($0)) }
        guard let sent = disposition.all("filename*").first else { return plain }
        if let extended = extended(sent), !extended.isEmpty { return extended }
        return plain ?? sent
    }

    /// Names in lower case, values trimmed; a line that begins with white space continues the previous one.
    private static func fields(_ lines: [UInt8], limit: Int) throws -> [(name: String, value: [UInt8])] {
        var fields: [(name: String, value: [UInt8])] = []
        for line in split(lines) {
            guard fields.count < limit else { throw MultipartReader.refusal("more than \(limit) header lines in a part") }
            guard !line.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw MultipartReader.refusal("a part header with a bare line end or NUL")
            }
            if let first = line.first, first == 9 || first == 32, !fields.isEmpty {
                fields[fields.count - 1].value += line
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw MultipartReader.refusal("a part header without a colon")
            }
            fields.append((HeaderValue.text(line[..<colon]).lowercased(), HeaderValue.trimmed(line[(colon + 1)...])))
        }
        return fields
    }

    private static func split(_ lines: [UInt8]) -> [ArraySlice<UInt8>] {
        guard !lines.isEmpty else { return [] }
        var found: [ArraySlice<UInt8>] = []
        var from = 0
        for index in lines.indices.dropLast() where lines[index] == 13 && lines[index + 1] == 10 {
            found.append(lines[from..<index])
            from = index + 2
        }
        found.append(lines[from...])
        return found
    }

    /// RFC 5987: charset'language'percent-encoded; nil for unsupported charsets.
    private static func extended(_ value: [UInt8]) -> [UInt8]? {
        let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        return Charset(named: parts[0])?.utf8(PercentCoding.decode(parts[2]))
    }

    /// The three escapes that browsers write in names (WHATWG HTML, multipart/form-data encoding algorithm).
    private static func unescaped(_ value: [UInt8]) -> [UInt8] {
        PercentCoding.decode(value) { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
    }
}
