// The header of one part. Senders spell file names in four ways, and all of them are read: quoted with raw UTF-8 or any other
// bytes, with the escapes of browsers (%22 %0D %0A) or of older programs (\"), without quotes, and as filename* (RFC 5987).

/// What a part says of itself.
public struct PartHeader: Sendable {
    /// The field's name.
    public let name: String
    /// The bytes of the file name as sent, a path perhaps; nil for a text field, empty for a file field left empty.
    public let fileName: [UInt8]?

    init(lines: [UInt8]) throws {
        var disposition: HeaderValue?
        for line in PartHeader.split(lines) {
            guard !line.contains(10), !line.contains(13), !line.contains(0) else {
                throw MultipartReader.refusal("a part header with a bare line end or NUL")
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw MultipartReader.refusal("a part header without a colon")
            }
            if String(decoding: line[..<colon], as: UTF8.self).lowercased() == "content-disposition" {
                disposition = HeaderValue(Array(line[line.index(after: colon)...]))
            }
        }
        guard let disposition, disposition.value.lowercased() == "form-data", let name = disposition.parameter("name") else {
            throw MultipartReader.refusal("a part without a name")
        }
        self.name = String(decoding: name, as: UTF8.self)
        fileName = disposition.parameter("filename*").flatMap(PartHeader.extended)
            ?? disposition.parameter("filename").map(PartHeader.unescaped)
    }

    private static func split(_ lines: [UInt8]) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        var from = lines.startIndex
        var index = from
        while index + 1 < lines.endIndex {
            if lines[index] == 13, lines[index + 1] == 10 {
                found.append(lines[from..<index])
                from = index + 2
                index = from
            } else {
                index += 1
            }
        }
        if from < lines.endIndex { found.append(lines[from...]) }
        return found
    }

    /// RFC 5987: charset'language'percent-encoded; charsets other than UTF-8 are left to the plain name.
    private static func extended(_ value: [UInt8]) -> [UInt8]? {
        let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, String(decoding: parts[0], as: UTF8.self).lowercased() == "utf-8" else { return nil }
        return PercentCoding.decode(parts[2])
    }

    /// The three escapes that browsers write in names (WHATWG HTML, multipart/form-data encoding algorithm).
    private static func unescaped(_ value: [UInt8]) -> [UInt8] {
        guard value.contains(UInt8(ascii: "%")) else { return value }
        return PercentCoding.decode(value[...]) { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
    }
}
