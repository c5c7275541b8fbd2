// EasyImages' monthly upload logs: an array file keyed by stored name; before 2.6 one JSON object per line.

import JSONText

/// One upload.
public struct OldLogEntry: Sendable, Equatable {
    /// The stored base name.
    public let name: ByteText
    /// The original name, HTML-escaped.
    public let source: ByteText
    /// "2025-07-01 10:15:00" in the site's time zone.
    public let date: ByteText
    public let ip: ByteText
    public let port: Int?
    public let userAgent: ByteText
    /// "/i/2025/07/01/gsb1i5-0.jpg".
    public let path: ByteText
    /// "web", or the id of the token.
    public let from: ByteText

    /// The original name, unescaped.
    public var originalName: String { OldLogEntry.unescaped(source.description) }

    /// From named fields, whatever the file format.
    init?(name: ByteText?, field: (String) -> PHPValue?) {
        func text(_ key: String) -> ByteText { field(key)?.bytes ?? "" }
        path = text("path")
        let base = ByteText(Array(path.bytes.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()))
        self.name = name ?? base
        source = text("source")
        date = text("date")
        ip = text("ip")
        port = field("port")?.number.flatMap { (1...65_535).contains($0) ? $0 : nil }
        userAgent = text("user_agent")
        from = text("from")
        guard !path.bytes.isEmpty else { return nil }
    }

    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            rest = rest[ampersand...]
            let known = entities.first { rest.hasPrefix($0.0) }
            result += known?.1 ?? "&"
            rest = rest.dropFirst(known?.0.count ?? 1)
        }
        return result + rest
    }

    private static let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&amp;", "&")]

    /// Text escaped as in EasyImages' log.
    public static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#039;"
            default: result.append(character)
            }
        }
    }
}

/// A month's log.
public struct OldLog: Sendable {
    public let entries: [OldLogEntry]
    /// Number of entries that do not identify a file.
    public let unreadable: Int

    /// - Throws: `PHPArrayError`.
    public init(_ bytes: [UInt8]) throws(PHPArrayError) {
        if let lines = OldLog.linesOfJSON(bytes) {
            let read = lines.map(OldLog.entry)
            entries = read.compactMap { $0 }
            unreadable = read.count - entries.count
        } else {
            let items = try PHPArrayFile(bytes).array.items
            entries = items.compactMap { item in item.value.array.flatMap { fields in
                OldLogEntry(name: item.key) { fields[ByteText($0)] }
            } }
            unreadable = items.count - entries.count
        }
    }

    /// The lines after a first line that is a PHP comment and ends in `exit;?>`; nil for any other file.
    private static func linesOfJSON(_ bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        let lines = bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        guard let head = lines.first, String(decoding: head, as: UTF8.self).replacing(" ").hasSuffix("exit;?>") else { return nil }
        return lines.dropFirst().filter { $0.contains(UInt8(ascii: "{")) }
    }

    private static func entry(_ line: ArraySlice<UInt8>) -> OldLogEntry? {
        Array(line).withUnsafeBytes { text -> OldLogEntry? in
            guard let members = try? JSONObjectSlices(text) else { return nil }
            return OldLogEntry(name: nil) { key in
                members[key].flatMap { member in member.int.map(PHPValue.integer) ?? member.string.map { PHPValue($0) } }
            }
        }
    }
}

extension String {
    /// Removes all occurrences of a character.
    fileprivate func replacing(_ character: Character) -> String { filter { $0 != character } }
}

/// A daily file with the number of uploads per IP address.
public enum OldCounts {
    /// - Returns: addresses and counts; invalid entries are skipped.
    public static func read(_ array: PHPArray) -> [(address: String, count: Int)] {
        array.items.compactMap { item in
            guard let count = item.value.number, count > 0, item.key.bytes.count <= 100, let address = item.key.text else { return nil }
            return (address, count)
        }
    }
}
