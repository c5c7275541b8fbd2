// Each setting of EasyImages is declared once, with its counterpart here. Import, export and the manual are generated from the table in
// OldSetting+All.swift.

import Settings

/// One key of `config.php`.
public struct OldSetting: Sendable {
    public enum Kind: Sendable { case integer, text, list }

    public enum Use: Sendable {
        /// Settings of this program.
        case settings(SettingRule)
        /// The admin's name and password, which become an account.
        case account
        /// The site's addresses, which are converted together.
        case address
        /// Switches the text of another key on, whose rule names it (`SettingRule.condition`).
        case switching
        /// Has no counterpart, but survives an export. The text tells operators who use it what they will miss.
        case kept(missing: String?)
    }

    public let key: String
    public let kind: Kind
    public let use: Use

    static func integer(_ key: String, _ rule: SettingRule) -> OldSetting { OldSetting(key: key, kind: .integer, use: .settings(rule)) }
    static func text(_ key: String, _ rule: SettingRule) -> OldSetting { OldSetting(key: key, kind: .text, use: .settings(rule)) }
    static func list(_ key: String, _ rule: SettingRule) -> OldSetting { OldSetting(key: key, kind: .list, use: .settings(rule)) }
    static func integer(_ key: String, missing: String? = nil) -> OldSetting {
        OldSetting(key: key, kind: .integer, use: .kept(missing: missing))
    }
    static func text(_ key: String, missing: String? = nil) -> OldSetting {
        OldSetting(key: key, kind: .text, use: .kept(missing: missing))
    }
    static func switching(_ key: String) -> OldSetting { OldSetting(key: key, kind: .integer, use: .switching) }
    static func account(_ key: String) -> OldSetting { OldSetting(key: key, kind: .text, use: .account) }
    static func address(_ key: String) -> OldSetting { OldSetting(key: key, kind: .text, use: .address) }
}

/// Converts a value in both directions.
public struct SettingRule: Sendable {
    /// The settings that get the value; an export reads the first.
    public let keys: [String]
    /// - Returns: nil for a value that EasyImages itself could not use.
    let take: @Sendable (PHPValue, _ root: String) -> String?
    let give: @Sendable (String, _ root: String) -> PHPValue
    /// The old key without which the value counts as empty.
    private(set) var condition: String?

    /// The same for a text that another key switches on.
    func `while`(_ condition: String) -> SettingRule {
        var rule = self
        rule.condition = condition
        return rule
    }

    /// On and off as 1 and 0.
    static func flag(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in value.isOn ? "on" : "off" } give: { text, _ in text == "on" ? 1 : 0 }
    }

    /// Inverted: on if the old one was off.
    static func not(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in value.isOn ? "off" : "on" } give: { text, _ in text == "on" ? 0 : 1 }
    }

    static func number(_ keys: String...) -> SettingRule {
        SettingRule(keys: keys) { value, _ in value.number.map { "\($0)" } } give: { text, _ in
            ByteCount.parse(text).map(PHPValue.integer) ?? PHPValue(text)
        }
    }

    static func line(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in value.bytes?.text } give: { text, _ in PHPValue(text) }
    }

    /// Keywords of both programs in corresponding order; an unknown one means the first.
    static func word(_ key: String, _ pairs: [(old: String, ours: String)]) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in (pairs.first { $0.old == value.string } ?? pairs[0]).ours } give: { text, _ in
            let old = (pairs.first { $0.ours == text } ?? pairs[0]).old
            return Int(old).map(PHPValue.integer) ?? PHPValue(old)
        }
    }

    /// Comma-separated words.
    static func words(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in
            value.array?.items.map(\.value.string).joined(separator: ",") ?? value.string
        } give: { text, _ in
            .array(PHPArray(list: text.split(separator: ",").map { PHPValue(String($0)) }))
        }
    }

    /// A file path, relative to the old site's folder there and absolute here.
    static func file(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, root in
            let path = value.string
            return path.isEmpty ? "" : root + (path.hasPrefix("/") ? "" : "/") + path
        } give: { text, root in
            PHPValue(text.hasPrefix(root + "/") ? String(text.dropFirst(root.count)) : text)
        }
    }

    /// A URL in a page of `/admin/`; one that is relative to the page becomes a path.
    static func pageAddress(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in
            value.bytes?.text.map { $0.hasPrefix("../") ? String($0.dropFirst(2)) : $0 }
        } give: { text, _ in PHPValue(text) }
    }

    /// A folder, with normalized slashes.
    static func folder(_ key: String, leadingSlash: Bool) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in
            let parts = value.string.split(separator: "/").joined(separator: "/")
            return (leadingSlash ? "/" : "") + (parts.isEmpty ? "" : parts + "/")
        } give: { text, _ in PHPValue(text) }
    }

    private init(keys: [String], take: @escaping @Sendable (PHPValue, String) -> String?,
                 give: @escaping @Sendable (String, String) -> PHPValue) {
        self.keys = keys
        self.take = take
        self.give = give
    }
}
