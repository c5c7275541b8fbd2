// EasyImages' monthly upload logs: an array file keyed by stored name; before 2.6 one JSON object per line.

import JSONText
import Text

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

/// A month's log, of which one entry at a time is in memory.
public struct OldLog {
    private let source: any ByteSource
    private let isLines: Bool

    /// Maximum bytes of a line; a longer one is no entry.
    private static let lineLimit = 256 << 10
    private static let piece = 64 << 10

    /// - Throws: an error of the source.
    public init(_ source: any ByteSource) throws {
        self.source = source
        isLines = try OldLog.beginsWithExit(source.bytes(at: 0, atMost: OldLog.piece))
    }

    /// Calls `body` for each entry, in the order of the file, with the offset of the entry.
    ///
    /// - Parameter body: gets nil for an entry that does not identify a file.
    /// - Throws: `PHPArrayError`, after the entries that come before the error; an error of the source or of `body`.
    public func forEach(_ body: (OldLogEntry?, _ offset: Int) throws -> Void) throws {
        guard !isLines else { return try forEachLine { try body(OldLog.entry($0), $1) } }
        var items = try PHPArrayStream(source)
        while let item = try items.item() { try body(OldLog.entry(item), item.offset) }
    }

    /// Reads again the entry at an offset that `forEach` gave.
    public func entry(at offset: Int) throws -> OldLogEntry? {
        guard isLines else { return OldLog.entry(try PHPArrayStream.item(in: source, at: offset)) }
        let rest = try source.bytes(at: offset, atMost: OldLog.lineLimit)
        return OldLog.entry(rest.prefix { !OldLog.isBreak($0) })
    }

    /// Whether the first line is a PHP comment that ends in `exit;?>`, as in the files of JSON lines before 2.6.
    private static func beginsWithExit(_ bytes: [UInt8]) -> Bool {
        let head = bytes.split(maxSplits: 1, whereSeparator: isBreak).first ?? []
        return String(decoding: head, as: UTF8.self).replacing(" ").hasSuffix("exit;?>")
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// Calls `body` for each line with an object after the first line.
    private func forEachLine(_ body: (ArraySlice<UInt8>, _ offset: Int) throws -> Void) throws {
        var (line, start, end, isFirst) = ([UInt8](), 0, 0, true)
        func finish() throws {
            if !line.isEmpty, !isFirst, line.contains(UInt8(ascii: "{")) { try body(line[...], start) }
            if !line.isEmpty { isFirst = false }
            line = []
        }
        while end < source.size, case let piece = try source.bytes(at: end, atMost: OldLog.piece), !piece.isEmpty {
            var rest = piece[...]
            while let stop = rest.firstIndex(where: OldLog.isBreak) {
                // One that is too long stays cut, and is no entry then.
                if line.count <= OldLog.lineLimit { line += rest[..<stop] }
                try finish()
                rest = rest[(stop + 1)...]
                start = end + stop + 1
            }
            if line.count <= OldLog.lineLimit { line += rest }
            end += piece.count
        }
        try finish()
    }

    private static func entry(_ item: PHPArrayStream.Item) -> OldLogEntry? {
        item.value.array.flatMap { fields in OldLogEntry(name: item.key) { fields[ByteText($0)] } }
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
    /// Calls `body` for each address with its number; invalid entries are skipped.
    ///
    /// - Throws: `PHPArrayError`, after the entries that come before the error; an error of the source or of `body`.
    public static func forEach(in source: any ByteSource, _ body: (_ address: String, _ count: Int) throws -> Void) throws {
        var items = try PHPArrayStream(source)
        while let item = try items.item() {
            guard let count = item.value.number, count > 0, item.key.bytes.count <= 100, let address = item.key.text else { continue }
            try body(address, count)
        }
    }
}
