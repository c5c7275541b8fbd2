// The operator's HTML is trusted to look as it likes, but not with visitors' passwords and keys: it is shown on public pages only, and its
// scripts run nowhere unless the operator turned them on.

import HTML
import Settings

/// A page that visitors see without logging in and that shows no password, key or setting. All other pages show nothing of the operator's.
public enum PublicPage: CaseIterable, Sendable {
    case upload, gallery, details, history, terms
}

/// A place for the operator's HTML, from top to bottom.
public enum OperatorPlace: CaseIterable, Sendable {
    case head, bannerTop, announcement, notice, terms, bannerBottom, footer
}

/// The operator's HTML on one page, and what the page's Content-Security-Policy allows for its sake.
public struct OperatorHTML: Sendable {
    private let texts: [OperatorPlace: Markup]
    /// Whether scripts of any origin run, inline ones too. Trusted types must then not be required, because such scripts know none.
    public let runsScripts: Bool

    /// - Parameter page: nil for a page that is not public.
    public init(_ settings: Settings, on page: PublicPage?) {
        let places = page.map(OperatorHTML.places) ?? []
        texts = Dictionary(uniqueKeysWithValues: places.compactMap { place in
            let text = OperatorHTML.text(at: place, settings)
            return text.isEmpty ? nil : (place, Markup(ofOperator: text))
        })
        runsScripts = !texts.isEmpty && settings.operatorTexts.runsScripts
    }

    /// nil if there is nothing to show.
    public subscript(place: OperatorPlace) -> Markup? { texts[place] }

    /// Whether the page shows anything of the operator's. It then needs inline styles, and pictures of any origin.
    public var isEmpty: Bool { texts.isEmpty }

    /// The sources of the directive `script-src`.
    public var scriptSources: String { runsScripts ? "'self' 'unsafe-inline' https:" : "'self'" }

    /// The sources of the directive `style-src`.
    public var styleSources: String { isEmpty ? "'self'" : "'self' 'unsafe-inline'" }

    private static func places(on page: PublicPage) -> [OperatorPlace] {
        let own: [OperatorPlace] = switch page {
        case .upload: [.announcement, .notice]
        case .terms: [.terms]
        case .gallery, .details, .history: []
        }
        return [.head, .bannerTop] + own + [.bannerBottom, .footer]
    }

    private static func text(at place: OperatorPlace, _ settings: Settings) -> String {
        let texts = settings.operatorTexts
        return switch place {
        case .head: texts.head
        case .bannerTop: texts.bannerTop
        case .announcement: texts.announcement
        case .notice: texts.showsNotice ? texts.notice : ""
        case .terms: settings.pages.terms
        case .bannerBottom: texts.bannerBottom
        case .footer: texts.footer
        }
    }
}
