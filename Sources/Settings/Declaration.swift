// A setting is declared once: its key, its property, its type and its meaning. Parsing, printing, validation and documentation follow from
// that.

import Text

/// The type of a setting's text form.
public enum SettingKind: Sendable, Equatable {
    case bool
    /// A number of bytes within a range: "50MB".
    case bytes(ClosedRange<Int>)
    case integer(ClosedRange<Int>)
    case choice([String])
    /// One line of text, with its maximum length in bytes.
    case text(limit: Int)
    /// Text with any number of lines, possibly empty, with its maximum length in bytes.
    case optionalText(limit: Int)
    /// A URL path with a slash at both ends.
    case folderURL
    /// A name of the tz database, or empty.
    case timeZone
    /// See `BaseURL`.
    case url
    /// Any number of URLs separated by commas or white space, with the maximum length in bytes.
    case urls(limit: Int)
    /// See `MarkColor`.
    case color
    /// Any number of entries of an `AddressList`, with the maximum length in bytes.
    case addresses(limit: Int)

    /// The allowed values, for messages and documentation.
    public var allowed: String {
        switch self {
        case .bool: "on or off"
        case .bytes(let range):
            "a size from \(ByteCount.print(range.lowerBound)) to \(ByteCount.print(range.upperBound)), such as 50MB"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): words.joined(separator: ", ")
        case .text(let limit): "1 to \(limit) bytes of text on one line"
        case .optionalText(let limit): "up to \(limit) bytes of text, or nothing"
        case .folderURL: "a path such as /i/, of letters, digits, dots, minus and underscore between slashes"
        case .timeZone: "a time zone such as Europe/Berlin, or nothing for the system's"
        case .url: "an absolute URL such as https://img.example.org or https://example.org/pictures"
        case .urls: "URLs such as https://img.example.org with commas between them, or nothing"
        case .color: "a colour such as rgba(255,0,0,0.5): red, green and blue from 0 to 255, then 0 (not seen) to 1"
        case .addresses(let limit):
            "up to \(limit) bytes of addresses, networks and patterns such as 192.0.2.7, 2001:db8::/32 or 192.0.2.*, at most "
                + "\(AddressList.countLimit) with commas between them, or nothing"
        }
    }
}

/// One setting.
public struct Declaration: Sendable {
    public let key: String
    public let kind: SettingKind
    /// Set when the table of settings is assembled.
    public private(set) var group = SettingGroup.site
    /// One sentence.
    public let documentation: String
    let parse: @Sendable (String, inout Settings) -> Bool
    let print: @Sendable (Settings) -> String

    func `in`(_ group: SettingGroup) -> Declaration {
        var declaration = self
        declaration.group = group
        return declaration
    }

    /// The value in `settings`, in its text form.
    public func value(in settings: Settings) -> String { print(settings) }

    /// The default value.
    public var initial: String { print(Settings()) }

    /// Parses a value and stores it in `settings`.
    ///
    /// - Throws: `SettingError.notAllowed`.
    public func read(_ value: String, into settings: inout Settings) throws(SettingError) {
        guard parse(value, &settings) else {
            throw SettingError.notAllowed(key: key, value: value, allowed: kind.allowed)
        }
    }
}

/// The property of a setting.
typealias Property<Value> = WritableKeyPath<Settings, Value> & Sendable

extension Declaration {
    static func bool(_ key: String, _ property: Property<Bool>, _ documentation: String) -> Declaration {
        Declaration(key, .bool, documentation, property, { $0 ? "on" : "off" }) {
            switch $0.lowercased() {
            case "on", "yes", "true", "1": true
            case "off", "no", "false", "0": false
            default: nil
            }
        }
    }

    static func bytes(_ key: String, _ property: Property<Int>, _ range: ClosedRange<Int>, _ documentation: String) -> Declaration {
        Declaration(key, .bytes(range), documentation, property, ByteCount.print) {
            ByteCount.parse($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    static func integer(_ key: String, _ property: Property<Int>, _ range: ClosedRange<Int>, _ documentation: String) -> Declaration {
        Declaration(key, .integer(range), documentation, property, { "\($0)" }) {
            Int($0, in: range)
        }
    }

    static func choice<Choice: CaseIterable & RawRepresentable & Sendable>(
        _ key: String, _ property: Property<Choice>, _ documentation: String
    ) -> Declaration where Choice.RawValue == String {
        Declaration(key, .choice(Choice.allCases.map(\.rawValue)), documentation, property, \.rawValue) { Choice(rawValue: $0) }
    }

    static func text(_ key: String, _ property: Property<String>, limit: Int, _ documentation: String) -> Declaration {
        Declaration(key, .text(limit: limit), documentation, property, { $0 }) {
            (1...limit).contains($0.utf8.count) && $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                ? $0 : nil
        }
    }

    static func optionalText(_ key: String, _ property: Property<String>, limit: Int, _ documentation: String) -> Declaration {
        Declaration(key, .optionalText(limit: limit), documentation, property, { $0 }) {
            $0.utf8.count <= limit && !$0.utf8.contains(0) ? $0 : nil
        }
    }

    static func folderURL(_ key: String, _ property: Property<String>, _ documentation: String) -> Declaration {
        Declaration(key, .folderURL, documentation, property, { $0 }) { FolderURL.isWellFormed($0) ? $0 : nil }
    }

    static func timeZone(_ key: String, _ property: Property<String>, _ documentation: String) -> Declaration {
        Declaration(key, .timeZone, documentation, property, { $0 }) { TimeZoneName.isWellFormed($0) ? $0 : nil }
    }

    static func url(_ key: String, _ property: Property<BaseURL>, _ documentation: String) -> Declaration {
        Declaration(key, .url, documentation, property, \.text) { BaseURL($0) }
    }

    static func urls(_ key: String, _ property: Property<String>, limit: Int, _ documentation: String) -> Declaration {
        Declaration(key, .urls(limit: limit), documentation, property, { $0 }) {
            $0.utf8.count <= limit && BaseURL.split($0).allSatisfy { BaseURL($0) != nil } ? $0 : nil
        }
    }

    static func addresses(_ key: String, _ property: Property<String>, limit: Int, _ documentation: String) -> Declaration {
        Declaration(key, .addresses(limit: limit), documentation, property, { $0 }) { $0.utf8.count <= limit && !$0.utf8.contains(0) ? $0 : nil }
    }

    static func color(_ key: String, _ property: Property<MarkColor>, _ documentation: String) -> Declaration {
        Declaration(key, .color, documentation, property, \.text) { MarkColor($0) }
    }

    private init<Value>(_ key: String, _ kind: SettingKind, _ documentation: String, _ property: Property<Value>,
                        _ print: @escaping @Sendable (Value) -> String, parse: @escaping @Sendable (String) -> Value?) {
        self.key = key
        self.kind = kind
        self.documentation = documentation
        self.print = { print($0[keyPath: property]) }
        self.parse = { text, settings in
            guard let value = parse(text) else { return false }
            settings[keyPath: property] = value
            return true
        }
    }
}

/// A path that is used in web server configuration and in URLs: nothing in it needs escaping in either.
enum FolderURL {
    static func isWellFormed(_ text: String) -> Bool {
        guard text.utf8.count <= 100, text.utf8.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else { return false }
        return text.dropFirst().dropLast().split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && part.utf8.allSatisfy {
                $0.isLetterOrDigit || "_-.".utf8.contains($0)
            }
        }
    }
}

/// The form of names in the tz database; only the file system knows whether one exists.
enum TimeZoneName {
    static func isWellFormed(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        if text.isEmpty { return true }
        return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, first.isLetter else { return false }
            return part.utf8.allSatisfy { $0.isLetterOrDigit || "_+-".utf8.contains($0) }
        }
    }
}
