// Light or dark. The server writes it into the page, so that no page flashes in the other one first; what a browser prefers by itself is
// decided by the style sheet.

/// The appearance that a browser asked for.
public enum Theme: String, CaseIterable, Sendable {
    /// As the browser prefers.
    case auto
    case light, dark

    /// EasyImages' switch, a cookie of its pages: it counts until this browser has the site's own cookie.
    static let formerCookie = "dark-mode"

    /// - Parameter cookie: the value of EasyImages' cookie.
    init?(former cookie: String) {
        switch cookie {
        case "1", "true", "dark": self = .dark
        default: return nil
        }
    }
}
