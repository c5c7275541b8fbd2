// The language and the appearance of a page, from the request.

import HTTP
import Settings
import Text

/// What a page looks like for the browser that asks.
public struct Choices: Sendable {
    public let language: Language
    public let theme: Theme
    /// Values of `Set-Cookie` that keep what the request chose.
    let cookies: [String]

    /// For a browser that chose nothing.
    public static let none = Choices(language: Choices.last, theme: .auto, cookies: [])

    init(language: Language, theme: Theme, cookies: [String]) { (self.language, self.theme, self.cookies) = (language, theme, cookies) }

    /// - Parameter account: the language of the signed-in user's account.
    public init(_ request: Request, _ settings: Settings, account: Language? = nil) {
        let (query, cookies, site) = (request.query, request.cookies, settings.baseURL)
        let newLanguage = query.first(Preference.language.name).flatMap(Language.init(tag:))
        language = newLanguage ?? cookies.first(Preference.language.name).flatMap(Language.init(tag:)) ?? account ?? Choices.preset(settings)
            ?? Choices.preferred(in: request.header("Accept-Language") ?? "")
        let newTheme = query.first(Preference.theme.name).flatMap(Theme.init(rawValue:))
        let keptTheme = cookies.first(Preference.theme.name).flatMap(Theme.init(rawValue:))
        let formerTheme = keptTheme == nil ? cookies.first(Theme.formerCookie).flatMap(Theme.init(former:)) : nil
        theme = settings.looks.offersThemes ? newTheme ?? keptTheme ?? formerTheme ?? .auto : .auto
        self.cookies = [newLanguage.map { Preference.language.cookie($0.tag, site) },
                        (newTheme ?? formerTheme).map { Preference.theme.cookie($0.rawValue, site) }].compactMap { $0 }
    }

    /// The language that the operator set for readers who chose none; nil leaves it to their browsers.
    private static func preset(_ settings: Settings) -> Language? { Language(tag: settings.looks.defaultLanguage.rawValue) }

    /// - Parameter header: `Accept-Language`; the first tag that the site has counts (RFC 4647, section 3.4).
    static func preferred(in header: String) -> Language {
        for tag in QualityList(header).values {
            if tag == "*" { return last }
            if let language = Language(tag: tag) { return language }
        }
        return last
    }

    /// For readers of other languages.
    private static let last = Language.zhCN
}
