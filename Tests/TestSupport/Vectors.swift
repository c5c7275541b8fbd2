// What the replaced program did, as it was recorded from outside: Tests/Data/easyimages-vectors.json, read here without any
// parser of the project, which the vectors may be there to test.

import Glibc

/// A JSON value of the vectors.
public enum Recorded: Sendable, CustomStringConvertible {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([Recorded])
    case object([(name: String, value: Recorded)])

    /// A member; null where there is none.
    public subscript(_ name: String) -> Recorded {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// A list's elements; none for anything else.
    public var all: [Recorded] {
        if case .list(let elements) = self { return elements }
        return []
    }

    /// A text or the digits of a number; empty for anything else.
    public var text: String {
        switch self {
        case .text(let text), .number(let text): text
        default: ""
        }
    }

    public var integer: Int { Int(text) ?? 0 }

    public var isTrue: Bool {
        if case .bool(true) = self { return true }
        return false
    }

    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    public var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text), .text(let text): text
        case .list(let elements): "\(elements)"
        case .object(let members): "{" + members.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }
}

/// The recorded facts.
public enum Vectors {
    /// The part of the file with this name.
    public static func part(_ name: String) -> Recorded { whole[name] }

    private static let whole: Recorded = {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        guard let file = fopen(path + "/Data/easyimages-vectors.json", "r") else { fatalError("no vectors in \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        var reader = RecordReader(rest: bytes[...])
        return reader.value()
    }()
}

private struct RecordReader {
    var rest: ArraySlice<UInt8>

    mutating func value() -> Recorded {
        passBlanks()
        switch rest.first {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return list()
        case UInt8(ascii: "\""): return .text(text())
        default:
            let word = rest.prefix { !",]} \n\r\t".utf8.contains($0) }
            rest = rest[word.endIndex...]
            let written = String(decoding: word, as: UTF8.self)
            return written == "null" ? .null : written == "true" ? .bool(true) : written == "false" ? .bool(false) : .number(written)
        }
    }

    private mutating func object() -> Recorded {
        var members: [(name: String, value: Recorded)] = []
        while next(before: UInt8(ascii: "}")) {
            let name = text()
            passBlanks()
            rest = rest.dropFirst()
            members.append((name, value()))
        }
        return .object(members)
    }

    private mutating func list() -> Recorded {
        var elements: [Recorded] = []
        while next(before: UInt8(ascii: "]")) { elements.append(value()) }
        return .list(elements)
    }

    /// Passes the bracket or comma; false at the closing bracket, which is passed too.
    private mutating func next(before end: UInt8) -> Bool {
        passBlanks()
        if rest.first != end { rest = rest.dropFirst() }
        passBlanks()
        guard rest.first == end else { return true }
        rest = rest.dropFirst()
        return false
    }

    private mutating func text() -> String {
        rest = rest.dropFirst()
        var units: [UInt16] = []
        while let byte = rest.first, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                rest = rest.dropFirst()
                units.append(escape())
            } else {
                let plain = rest.prefix { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") }
                units += String(decoding: plain, as: UTF8.self).utf16
                rest = rest[plain.endIndex...]
            }
        }
        rest = rest.dropFirst()
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func escape() -> UInt16 {
        let letter = rest.removeFirst()
        switch letter {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "u"):
            defer { rest = rest.dropFirst(4) }
            return UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0xFFFD
        default: return UInt16(letter)
        }
    }

    private mutating func passBlanks() { rest = rest.drop { " \n\r\t".utf8.contains($0) } }
}
