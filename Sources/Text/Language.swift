// The languages of the pages. A language is named by its tag (RFC 5646) in HTML, in links and in the cookie.

/// A language that every page has.
public enum Language: String, CaseIterable, Sendable {
    case zhCN = "zh-CN"
    case zhTW = "zh-TW"
    case en

    /// "zh-CN".
    public var tag: String { rawValue }

    /// The language's name in itself.
    public var name: String {
        switch self {
        case .zhCN: "简体"
        case .zhTW: "繁體"
        case .en: "English"
        }
    }

    /// The language that serves a reader of this tag best: Chinese of a traditional script or region is `zhTW`, other Chinese `zhCN`. nil for
    /// languages that no page has.
    public init?(tag: String) {
        let subtags = tag.lowercased().split(separator: "-")
        switch subtags.first {
        case "en": self = .en
        case "zh" where subtags.contains("hans"): self = .zhCN
        case "zh": self = subtags.contains { ["hant", "tw", "hk", "mo"].contains($0) } ? .zhTW : .zhCN
        default: return nil
        }
    }
}
