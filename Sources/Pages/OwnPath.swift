// Where the sign-in page leads back to. Whoever makes a link to that page chooses the parameter, so only a path of this site is followed.

import Settings
import Text

/// A path of this site with its query, safe in a `Location` header and in a link.
public struct OwnPath: Sendable, Equatable {
    /// With the site's prefix.
    public let text: String

    /// Bytes; longer paths lead home.
    static let lengthLimit = 2_000

    /// nil unless the text is an absolute path below the site's prefix in printable ASCII. Browsers read `\` as `/`, drop tabs and line ends
    /// and resolve dot segments (WHATWG URL, section 4.4), so texts with any of these are refused.
    public init?(_ text: String, of site: BaseURL) {
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard text.utf8.count <= OwnPath.lengthLimit, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
              path.hasPrefix(site.pathPrefix + "/"), !path.hasPrefix("//") else { return nil }
        let segments = path.split(separator: "/").map { PercentCoding.decode($0.utf8) }
        guard segments.allSatisfy({ $0 != [0x2E] && $0 != [0x2E, 0x2E] }) else { return nil }
        self.text = text
    }

    /// - Parameter text: the parameter `back` of a request.
    public init(back text: String?, of site: BaseURL) { self = text.flatMap { OwnPath($0, of: site) } ?? OwnPath(homeOf: site) }

    /// The same page with more parameters: before the fragment, because what follows a "#" is no part of a request. The path itself if it
    /// would become too long.
    ///
    /// - Parameter parameters: as they stand in an address, "done=saved&of=1".
    public func adding(_ parameters: String, of site: BaseURL) -> OwnPath {
        let page = text.prefix { $0 != "#" }, fragment = text.dropFirst(page.count)
        return OwnPath("\(page)\(page.contains("?") ? "&" : "?")\(parameters)\(fragment)", of: site) ?? self
    }

    private init(homeOf site: BaseURL) { text = site.pathPrefix + "/" }
}
