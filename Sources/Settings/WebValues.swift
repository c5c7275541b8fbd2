// The settings on which the web server's configuration depends, as values and not as configuration: the site's user writes them, and root,
// who does not trust that user, inserts them into root's templates. A value is declared once with its setting (name, type and range in
// Settings+Declarations.swift). The text format is so strict that no value can contain web server syntax.

import Text

/// The settings that the web server needs, as lines of `NAME VALUE`.
public struct WebValues: Sendable, Equatable {
    /// The lines of `text`.
    public let lines: [String]

    /// Maximum bytes of a text that is parsed.
    public static let limit = 65_536

    /// The names, in the order of the lines.
    static let declarations = Settings.declarations.filter { Settings.keysOfTheWebServer.contains($0.key) }

    public init(_ settings: Settings) {
        lines = WebValues.declarations.map { "\($0.key) \(WebValues.written($0, in: settings))" }
    }

    /// Parses an untrusted text: each value exactly once, in any order, and nothing else.
    ///
    /// - Throws: `WebValuesError`, which contains nothing of the text except names of settings.
    public init(reading bytes: [UInt8]) throws(WebValuesError) {
        self.init(try WebValues.settings(bytes))
    }

    public var text: String { lines.map { $0 + "\n" }.joined() }

    /// Default settings with these values.
    public var settings: Settings {
        Settings(stored: Dictionary(uniqueKeysWithValues: lines.map { line in
            let (name, value) = WebValues.halves(Substring(line))
            return (name, Settings.declaration(of: name).flatMap { WebValues.plain(value, of: $0) } ?? "")
        }))
    }

    private static func settings(_ bytes: [UInt8]) throws(WebValuesError) -> Settings {
        guard bytes.count <= limit else { throw .tooLarge }
        guard bytes.allSatisfy(isOfTheAlphabet), bytes.last == newline else { throw .notLines }
        var settings = Settings()
        var missing = declarations
        for line in bytes.dropLast().split(separator: newline, omittingEmptySubsequences: false) {
            let (name, value) = halves(Substring(decoding: line, as: UTF8.self))
            guard let place = missing.firstIndex(where: { $0.key == name }) else { throw .notDeclared }
            let declaration = missing.remove(at: place)
            let refusal = WebValuesError.notAllowed(name, declaration.kind.allowed)
            guard let plain = plain(value, of: declaration) else { throw refusal }
            do { try declaration.read(plain, into: &settings) } catch { throw refusal }
            // Only the exact text that this program writes is accepted.
            guard written(declaration, in: settings) == value else { throw refusal }
        }
        guard missing.isEmpty else { throw .missing(missing.map(\.key)) }
        return settings
    }

    /// The value as it is written in its line. Text may contain any character, so it is written as hexadecimal digits.
    private static func written(_ declaration: Declaration, in settings: Settings) -> String {
        let value = declaration.value(in: settings)
        return isText(declaration) ? Hexadecimal.encode(Array(value.utf8)) : value
    }

    /// The value of a line; nil if it is not what `written` returns for any.
    private static func plain(_ value: String, of declaration: Declaration) -> String? {
        isText(declaration) ? Hexadecimal.decode(value, inLowerCase: true).map { String(decoding: $0, as: UTF8.self) } : value
    }

    private static func isText(_ declaration: Declaration) -> Bool {
        switch declaration.kind {
        case .text, .optionalText, .addresses: true
        default: false
        }
    }

    private static let newline = UInt8(ascii: "\n")

    /// Letters, digits, and the characters of sizes, names and paths.
    private static func isOfTheAlphabet(_ byte: UInt8) -> Bool { byte.isLetterOrDigit || " _-./\n".utf8.contains(byte) }

    private static func halves(_ line: Substring) -> (name: String, value: String) {
        guard let space = line.firstIndex(of: " ") else { return (String(line), "") }
        return (String(line[..<space]), String(line[line.index(after: space)...]))
    }
}

/// Why a text is rejected.
public enum WebValuesError: Error, Equatable, CustomStringConvertible {
    case tooLarge
    /// It contains a character that is not allowed, or has no newline at the end.
    case notLines
    /// A line with an unknown or repeated name.
    case notDeclared
    case notAllowed(String, String)
    case missing([String])

    public var description: String {
        switch self {
        case .tooLarge: "it has more than \(WebValues.limit) bytes"
        case .notLines: "it is not lines of NAME VALUE, in letters, digits and -_./"
        case .notDeclared: "it has a line that is none of \(WebValues.declarations.map(\.key).joined(separator: ", ")), or one of them twice"
        case .notAllowed(let name, let allowed): "\(name) is not \(allowed)"
        case .missing(let names): "\(names.joined(separator: ", ")) not in it"
        }
    }
}
