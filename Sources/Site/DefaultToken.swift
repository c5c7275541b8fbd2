// EasyImages ships a token that everybody knows and that many programs and tutorials use. What an import found about its use, and what the
// operator decided, is kept beside the copies of the old files, for `imagebed doctor` and the administrator's pages.

import Disk
import Text

/// What is known of the default token of a replaced site.
public struct DefaultToken: Equatable, Sendable {
    public enum Choice: String, Sendable {
        /// It opens nothing.
        case refuse
        /// The same, and a new key was made for the programs that used it.
        case replace
        /// It works until a day.
        case keep
    }

    /// The token itself.
    public let text: String
    /// Uploads with it in the old logs; nil if they record none at all.
    public var uses: Int?
    /// The time of the last one, in seconds since 1970.
    public var lastUse: Int?
    /// nil while the operator has not decided: it is refused then.
    public var choice: Choice?
    /// The id of the key that replaces it, or of the one that it is itself while it is kept.
    public var key: Int?

    public init(_ text: String, uses: Int? = nil, lastUse: Int? = nil, choice: Choice? = nil, key: Int? = nil) {
        self.text = text
        (self.uses, self.lastUse, self.choice, self.key) = (uses, lastUse, choice, key)
    }

    /// Whether programs may be shut out without anybody having decided that.
    public var needsDecision: Bool { choice == nil && uses != 0 }

    /// The name of the file in `DataFolder.easyImages`.
    public static let fileName = "default-token"

    /// A line for each value that there is, such as "uses 12".
    public var record: String {
        let values: [(name: String, value: String?)] = [
            ("token", text), ("uses", uses.map { "\($0)" }), ("last", lastUse.map { "\($0)" }), ("choice", choice?.rawValue),
            ("key", key.map { "\($0)" }),
        ]
        return values.map { each in each.value.map { "\(each.name) \($0)\n" } ?? "" }.joined()
    }

    /// Lines that are not understood do not count.
    public init(record: String) {
        var values: [String: String] = [:]
        for line in record.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { values[words[0]] = words[1] }
        }
        func number(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
        self.init(values["token"] ?? "", uses: number("uses"), lastUse: number("last"),
                  choice: values["choice"].flatMap { Choice(rawValue: $0) }, key: number("key"))
    }
}

extension Site {
    /// The default token of the replaced site; nil if no site was replaced, or it did not have that token.
    public var defaultToken: DefaultToken? {
        get throws {
            guard FileSystem.exists("\(data.easyImages)/\(DefaultToken.fileName)") else { return nil }
            return try Folder(data.easyImages).bytes(of: DefaultToken.fileName, limit: 4096).map {
                DefaultToken(record: String(decoding: $0, as: UTF8.self))
            }
        }
    }
}
