// Each setting of the replaced program is declared once: what it was, and what becomes of it. Importing, exporting and the
// manual follow from the table in OldSetting+All.swift.

import Settings

/// One key of `config.php`.
public struct OldSetting: Sendable {
    public enum Kind: Sendable { case integer, text, list }

    public enum Use: Sendable {
        /// Settings of this program.
        case settings(SettingRule)
        /// The admin's name and password, which make an account.
        case account
        /// The site's own addresses, which belong together.
        case address
        /// Nothing here; it survives an export. The words say what its operator will miss where it is on.
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
    static func account(_ key: String) -> OldSetting { OldSetting(key: key, kind: .text, use: .account) }
    static func address(_ key: String) -> OldSetting { OldSetting(key: key, kind: .text, use: .address) }
}

/// How a value goes over and comes back.
public struct SettingRule: Sendable {
    /// The settings that take the value; where there are several, the first one comes back.
    public let keys: [String]
    /// - Returns: nil for a value that the replaced program itself could not use.
    let take: @Sendable (PHPValue, _ root: String) -> String?
    let give: @Sendable (String, _ root: String) -> PHPValue

    /// On and off, as 1 and 0.
    static func flag(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in value.isOn ? "on" : "off" } give: { text, _ in text == "on" ? 1 : 0 }
    }

    /// On where the old one was off.
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

    /// Words of the old program and of this one, the same place in both lists meaning the same; an unknown word means the first.
    static func word(_ key: String, _ pairs: [(old: String, ours: String)]) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in (pairs.first { $0.old == value.string } ?? pairs[0]).ours } give: { text, _ in
            let old = (pairs.first { $0.ours == text } ?? pairs[0]).old
            return Int(old).map(PHPValue.integer) ?? PHPValue(old)
        }
    }

    /// Words with commas between them.
    static func words(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, _ in
            value.array?.items.map(\.value.string).joined(separator: ",") ?? value.string
        } give: { text, _ in
            .array(PHPArray(list: text.split(separator: ",").map { PHPValue(String($0)) }))
        }
    }

    /// A file, named from the site's folder there and from the top here.
    static func file(_ key: String) -> SettingRule {
        SettingRule(keys: [key]) { value, root in
            let path = value.string
            return path.isEmpty ? "" : root + (path.hasPrefix("/") ? "" : "/") + path
        } give: { text, root in
            PHPValue(text.hasPrefix(root + "/") ? String(text.dropFirst(root.count)) : text)
        }
    }

    /// A folder, its slashes put right.
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
