// Cookies go along with a request whatever page has it sent, so what a cookie allows depends on whose page that was. Browsers
// tell: by Sec-Fetch-Site (W3C Fetch Metadata) on https, and by Origin (RFC 6454) with every form.

/// Whose page sent a request.
public enum RequestSource: Sendable, Equatable {
    /// This site's, or the visitor typed the address.
    case ownPage
    case foreignPage
    /// No browser, or one that does not tell.
    case unknown
}

extension Request {
    /// - Parameter site: scheme, host and port of the site's address, "https://img.example.org".
    public func source(site: String) -> RequestSource {
        if let told = header("Sec-Fetch-Site") {
            return told == "same-origin" || told == "none" ? .ownPage : .foreignPage
        }
        guard let origin = header("Origin") else { return .unknown }
        if origin == site { return .ownPage }
        // A site may be visited under another of its names; the browser writes Host itself, no page can.
        guard let host = header("Host"), !host.isEmpty,
              let scheme = ["https://", "http://"].first(where: origin.hasPrefix) else { return .foreignPage }
        return origin.dropFirst(scheme.utf8.count) == host ? .ownPage : .foreignPage
    }

    /// Whether a cookie may speak for the sender: a page of this site asks, or nothing is changed.
    public func mayUseCookies(site: String) -> Bool {
        switch source(site: site) {
        case .ownPage: true
        case .foreignPage: false
        case .unknown: method == .get || method == .head
        }
    }
}
