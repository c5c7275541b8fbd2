// A group of settings: see NamingSettings.swift.

/// The colour of a page's buttons and links; the raw values are EasyImages' too.
public enum Accent: String, CaseIterable, Sendable {
    case standard = "default"
    case red, green, blue, bluegrey, indigo, brown, yellow, purple, black, grey
}

/// The language of pages for a visitor who chose none.
public enum DefaultLanguage: String, CaseIterable, Sendable {
    /// The one that the browser asks for.
    case automatic = "auto"
    case simplifiedChinese = "zh-CN"
    case traditionalChinese = "zh-TW"
    case english = "en"
}

/// The forms in which the upload page shows links.
public enum LinkFormat: String, CaseIterable, Sendable {
    case link, markdown, bbcode, html, thumbnail, delete
}

/// The appearance of pages.
public struct LookSettings: Sendable {
    public var accent = Accent.standard
    public var offersThemes = true
    public var defaultLanguage = DefaultLanguage.automatic
    public var linksHistory = true
    /// As the operator wrote it; `WebAddress` decides whether it can be shown.
    public var loginPicture = ""
    public var firstFormat = LinkFormat.link
    /// Number of files.
    public var batchFiles = 30

    public init() {}
}
