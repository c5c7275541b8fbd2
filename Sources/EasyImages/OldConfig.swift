// Reads `config.php`. A missing value counts as 0 or empty, as in PHP, except for the two that its code gives a default.
// Values that are invalid here are replaced by the nearest valid one or by the default, and reported.

import Settings
import Text

/// The settings of an EasyImages site.
public struct OldConfig: Sendable {
    /// The array of the file, `$config`.
    public let array: PHPArray

    public init(_ array: PHPArray) { self.array = array }

    /// A value as PHP evaluates it.
    public func value(_ key: String) -> PHPValue {
        let value = array[ByteText(key)]
        switch key {
        case "storage_path": return value ?? "Y/m/d/"
        case "timezone": return value.map(\.string) == "" ? "Asia/Shanghai" : value ?? "Asia/Shanghai"
        default: return value ?? ""
        }
    }

    public func has(_ key: String) -> Bool { array[ByteText(key)] != nil }

    /// "/i/": the picture folder relative to the site's folder, and its URL path.
    public var storePath: String { SettingRule.folder("", leadingSlash: true).take(value("path"), "") ?? "/" }

    /// The value for one setting of this program.
    public struct Taken: Sendable, Equatable {
        public let key: String
        /// The old key.
        public let from: String
        /// In the stored form of settings.
        public let value: String
        /// Why the value differs from the old one; nil if it does not.
        public let adjustment: String?

        /// The same with another value, and the reason.
        public func adjusted(to value: String, because: String) -> Taken {
            Taken(key: key, from: from, value: value, adjustment: because)
        }
    }

    /// All settings that the old ones determine, in the order of the old table.
    ///
    /// - Parameter root: the old site's folder, without a slash at the end.
    public func settings(root: String) -> [Taken] {
        OldSetting.all.flatMap { setting -> [Taken] in
            guard case .settings(let rule) = setting.use else { return [] }
            return rule.keys.map { taken($0, setting.key, text(setting.key, rule, root)) }
        } + OldConfig.habits
    }

    /// The address of the site and that of its pictures.
    ///
    /// - Parameter baseURL: replaces the old site's `domain`.
    public func addresses(baseURL: BaseURL? = nil) -> [Taken] {
        let domain = value("domain").string
        let pictures = value("imgurl").string
        var site = taken("base_url", "domain", domain)
        if let baseURL { site = Taken(key: "base_url", from: "domain", value: baseURL.text, adjustment: nil) }
        return [site, taken("picture_urls", "imgurl", pictures == domain ? "" : pictures)]
    }

    /// Fixed behavior of EasyImages that differs from the defaults of a new site.
    private static let habits = [
        Taken(key: "convert_always", from: "imgConvert", value: "on", adjustment: nil),
        Taken(key: "upright_uploads", from: "imgConvert", value: "on", adjustment: nil),
        Taken(key: "thumbnail_fit", from: "thumbnail", value: "stretch", adjustment: nil),
    ]

    private func text(_ key: String, _ rule: SettingRule, _ root: String) -> String? {
        if let condition = rule.condition, !value(condition).isOn { return "" }
        return rule.take(value(key), root)
    }

    private func taken(_ key: String, _ old: String, _ text: String?) -> Taken {
        guard let declaration = Settings.declaration(of: key) else { preconditionFailure("no setting \(key)") }
        var settings = Settings()
        let given = array[ByteText(old)].map { "\"\($0.string)\"" } ?? "nothing"
        if let text, (try? declaration.read(text, into: &settings)) != nil, (try? declaration.check(text)) != nil {
            return Taken(key: key, from: old, value: declaration.value(in: settings), adjustment: nil)
        }
        if let text, has(old), let near = declaration.kind.nearest(to: text), (try? declaration.read(near, into: &settings)) != nil {
            return Taken(key: key, from: old, value: declaration.value(in: settings),
                         adjustment: declaration.kind.dropped(from: text) ?? "it was \(given), and is \(declaration.kind.allowed)")
        }
        // A missing number usually means no limit, which is the default of a new site.
        return Taken(key: key, from: old, value: declaration.initial,
                     adjustment: has(old) ? "it was \(given), and is \(declaration.kind.allowed)" : "the old site did not have it")
    }
}

extension SettingKind {
    /// The nearest value in the range for a number outside of it; for a list, the valid items.
    fileprivate func nearest(to text: String) -> String? {
        switch self {
        case .integer(let range), .bytes(let range): Int(text).map { "\(min(max($0, range.lowerBound), range.upperBound))" }
        case .urls: BaseURL.split(text).filter { BaseURL($0) != nil }.joined(separator: ",")
        case .addresses: SettingKind.addresses(in: text).joined(separator: ",")
        default: nil
        }
    }

    /// What is left out of a list of addresses.
    fileprivate func dropped(from text: String) -> String? {
        guard case .addresses = self else { return nil }
        let wrong = SettingKind.noAddresses(in: text)
        let tooMany = AddressList.words(of: text).count - wrong.count - AddressList.countLimit
        let entries = wrong.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ") + (wrong.count > 20 ? " and \(wrong.count - 20) more" : "")
        return [
            wrong.isEmpty ? nil : "no address, network or pattern, and left out: \(entries)",
            tooMany > 0 ? "left out are the last \(tooMany), for it takes \(AddressList.countLimit)" : nil,
        ].compactMap { $0 }.joined(separator: "; ")
    }
}

extension OldConfig {
    /// The file with this program's settings; values whose meaning has not changed stay byte for byte.
    ///
    /// - Parameter ours: returns a setting's stored value.
    /// - Returns: the array, and the old keys that changed.
    public func updated(root: String, ours: (String) -> String) -> (array: PHPArray, changed: [String]) {
        var array = array
        var changed: [String] = []
        func set(_ key: String, _ value: PHPValue) {
            array[ByteText(key)] = value
            changed.append(key)
        }
        for setting in OldSetting.all {
            guard case .settings(let rule) = setting.use, let key = rule.keys.first else { continue }
            let (known, new) = (taken(key, setting.key, text(setting.key, rule, root)).value, ours(key))
            // The machine's own zone has no name there, where an empty one means Shanghai. The import takes it for a zone that is unknown here.
            guard known != new, key != "time_zone" || !new.isEmpty else { continue }
            if let condition = rule.condition { set(condition, new.isEmpty ? 0 : 1) }
            // A text that is switched off stays in the file.
            if rule.condition == nil || !new.isEmpty { set(setting.key, rule.give(new, root)) }
        }
        let before = addresses().map(\.value)
        let now = [ours("base_url"), ours("picture_urls")]
        if before[0] != now[0] { set("domain", PHPValue(now[0])) }
        if before[1] != now[1] || now[1].isEmpty && before[0] != now[0] { set("imgurl", PHPValue(now[1].isEmpty ? now[0] : now[1])) }
        return (array, changed)
    }
}
