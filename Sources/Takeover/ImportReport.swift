// The result of an import: each file, setting, account and token of the old site is in one of its lists.

import EasyImages
import JSONText

/// The report of one import.
public struct ImportReport: Sendable {
    public let root: String
    public let store: String
    public let isRehearsal: Bool
    public var settings = SettingsReport()
    public var accounts: [AccountReport] = []
    public var tokens: [TokenReport] = []
    /// nil if the old site does not have the token that came with every EasyImages site.
    public var defaultToken: DefaultTokenReport?
    public var logs = LogReport()
    public var counters = CounterReport()
    public var rootFiles = RootReport()
    public var files = FilesReport()
    public var recycled = FilesReport()
    public var gone = GoneReport()
    /// What the operator should know or do.
    public var warnings: [String] = []
}

public struct SettingsReport: Sendable {
    /// False if an earlier import took them and they were not requested again.
    public var isTaken = false
    public var taken: [OldConfig.Taken] = []
    /// Old keys without an equivalent here; an export writes them back.
    public var kept: [String] = []
    /// Old keys that no known release has; an export writes them back too.
    public var unknown: [String] = []
    /// Known keys that the old site does not have.
    public var missing: [String] = []
    /// Settings that differ from those of the old site, if settings were not imported.
    public var different: [String] = []
}

public struct AccountReport: Sendable {
    public enum State: String, Sendable {
        case added, known, refused
        /// Its old password cannot be verified here.
        case needsPassword = "needs_password"
        /// Its old password was a published default, and a random one was set.
        case newPassword = "new_password"
    }

    public let name: String
    public let role: String
    public let expiresAt: Int?
    public let state: State
    /// The new password, which is shown only once.
    public let password: String?
}

public struct TokenReport: Sendable {
    public enum State: String, Sendable {
        case added, known
        /// Not imported because it is publicly known; another key may have been made in its place.
        case refused, replaced
        /// Publicly known, but imported until a day that the operator named.
        case kept
        /// Not imported because EasyImages never accepted it.
        case unusable
    }

    /// The token's first characters.
    public let start: String
    public let id: Int
    public let expiresAt: Int?
    public let hasExpired: Bool
    public internal(set) var state: State
}

public struct LogReport: Sendable {
    public var files = 0
    public var lines = 0
    /// Lines about a file that is in its place, in the recycle bin, or nowhere.
    public var matched = 0
    public var recycled = 0
    public var withoutFile = 0
    /// Lines and files that could not be parsed.
    public var unreadableLines = 0
    public var unreadableFiles: [String] = []
    /// Senders inserted into the database.
    public var senders = 0
}

public struct CounterReport: Sendable {
    public var days = 0
    public var addresses = 0
    public var unreadable: [String] = []
}

public struct FilesReport: Sendable {
    public var seen = 0
    public var added = 0
    public var known = 0
    public var left: [SkipReason: (count: Int, examples: [String])] = [:]

    /// Of names that cannot be in the database, the operator has to know each.
    static func exampleLimit(_ reason: SkipReason) -> Int { SkipReason.ofNames.contains(reason) ? 10_000 : 20 }

    mutating func leave(_ path: String, _ reason: SkipReason) {
        left[reason, default: (0, [])].count += 1
        if left[reason]!.count <= FilesReport.exampleLimit(reason) { left[reason]!.examples.append(path) }
    }
}

/// What the database still has, and the old site has not any more; known from the second import on.
public struct GoneReport: Sendable {
    /// Number of files that are not in the picture tree any more, and the first of them.
    public internal(set) var count = 0
    public internal(set) var examples: [String] = []
    /// Tokens: their ids, and their first characters.
    public internal(set) var tokens: [(id: Int, start: String)] = []
    /// Whether these rows and tokens are ended.
    public internal(set) var isEnded = false
    /// Why they are not, although settings were requested again.
    public internal(set) var obstacle: String?

    static let exampleLimit = 1000

    public var isEmpty: Bool { count == 0 && tokens.isEmpty }
}

/// Why a file got no row.
public enum SkipReason: String, CaseIterable, Sendable {
    case notMedia = "no picture or video"
    case damaged = "damaged"
    case script = "named like a script"
    case hidden = "hidden"
    case encoding = "a name that is not UTF-8"
    case name = "a name with a backslash, control or direction characters"
    case longPath = "a path of more than 500 bytes"
    case link = "a symbolic link"
    case special = "no file"
    case unreadable = "not readable"
    case shipped = "part of EasyImages"
    case autoDelete = "to be deleted by EasyImages"
    case unknownOrigin = "where it was is not known"
    case placeTaken = "another file is where it was"
    case tooDeep = "too many folders deep"

    /// Of files that the web server sends, and that the database cannot have; their examples are percent-encoded.
    static let ofNames: [SkipReason] = [.encoding, .name, .longPath]
}

extension ImportReport {
    public var json: JSONValue {
        [
            "root": .string(root), "store": .string(store), "dry_run": .bool(isRehearsal), "settings": settings.json,
            "accounts": .array(accounts.map(\.json)), "tokens": .array(tokens.map(\.json)), "logs": logs.json,
            "default_token": defaultToken?.json ?? .null, "root_files": rootFiles.json,
            "counters": counters.json, "files": files.json, "recycled": recycled.json,
            "gone": gone.json, "warnings": .array(warnings.map { .string($0) }),
        ]
    }
}

private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

extension SettingsReport {
    /// Imported settings that differ from the old site's values.
    public var adjusted: [OldConfig.Taken] { taken.filter { $0.adjustment != nil && !missing.contains($0.from) } }

    var json: JSONValue {
        [
            "taken": .bool(isTaken),
            "values": .object(taken.map { ($0.key, ["from": .string($0.from), "value": .string($0.value)]) }),
            "adjusted": .object(adjusted.map { ($0.key, JSONValue($0.adjustment)) }), "kept": texts(kept),
            "unknown": texts(unknown), "missing": texts(missing), "different": texts(different),
        ]
    }
}

extension AccountReport {
    var json: JSONValue {
        .object([
            ("name", .string(name)), ("role", .string(role)), ("expires_at", JSONValue(expiresAt)), ("state", .string(state.rawValue)),
        ] + (password.map { [("password", .string($0))] } ?? []))
    }
}

extension TokenReport {
    var json: JSONValue {
        [
            "starts_with": .string(start), "id": JSONValue(id), "expires_at": JSONValue(expiresAt), "expired": .bool(hasExpired),
            "state": .string(state.rawValue),
        ]
    }
}

extension LogReport {
    var json: JSONValue {
        [
            "files": JSONValue(files), "lines": JSONValue(lines), "matched": JSONValue(matched), "recycled": JSONValue(recycled),
            "without_file": JSONValue(withoutFile), "unreadable_lines": JSONValue(unreadableLines),
            "unreadable_files": texts(unreadableFiles), "senders": JSONValue(senders),
        ]
    }
}

extension CounterReport {
    var json: JSONValue { ["days": JSONValue(days), "addresses": JSONValue(addresses), "unreadable": texts(unreadable)] }
}

extension GoneReport {
    var json: JSONValue {
        [
            "files": JSONValue(count), "examples": texts(examples),
            "tokens": .array(tokens.map { ["id": JSONValue($0.id), "starts_with": .string($0.start)] }), "ended": .bool(isEnded),
            "obstacle": JSONValue(obstacle),
        ]
    }
}

extension FilesReport {
    var json: JSONValue {
        [
            "seen": JSONValue(seen), "added": JSONValue(added), "known": JSONValue(known),
            "left": .object(SkipReason.allCases.compactMap { reason in
                left[reason].map { (reason.rawValue, ["count": JSONValue($0.count), "examples": texts($0.examples)]) }
            }),
        ]
    }
}
