// CSRF protection. Browsers send cookies whichever page causes the request, so cookies are accepted depending on that page. Browsers
// report it in Sec-Fetch-Site (W3C Fetch Metadata) on https, and in Origin (RFC 6454) with every form.

/// The origin of the page that caused a request.
public enum RequestSource: Sendable, Equatable {
    /// This site, or the visitor entered the address.
    case ownPage
    case foreignPage
    /// Not a browser, or one that does not report it.
    case unknown
}

extension Request {
    /// - Parameter site: origin of the site: "https://img.example.org".
    public func source(site: String) -> RequestSource {
        if let told = header("Sec-Fetch-Site") {
            return told == "same-origin" || told == "none" ? .ownPage : .foreignPage
        }
        guard let origin = header("Origin") else { return .unknown }
        if origin == site { return .ownPage }
        // A site may have further names; Host is set by the browser, never by a page.
        guard let host = header("Host"), !host.isEmpty,
              let scheme = ["https://", "http://"].first(where: origin.hasPrefix) else { return .foreignPage }
        return origin.dropFirst(scheme.utf8.count) == host ? .ownPage : .foreignPage
    }

    /// Whether cookies may authenticate the request: it comes from a page of this site, or its method is safe.
    public func mayUseCookies(site: String) -> Bool {
        switch source(site: site) {
        case .ownPage: true
        case .foreignPage: false
        case .unknown: method == .get || method == .head
        }
    }
}
