// A page's own address: what its links to itself in other languages lead to, and where somebody comes back to after signing in. Only values
// that the page understood are part of it, never the request's query as it was sent.

import Paths
import Text

/// A path of the site with the parameters that the page read.
public struct PageAddress: Sendable {
    public let path: Path
    let query: [(name: String, value: String)]
    /// The identifier of the element that is scrolled to, in letters, digits and hyphens; nil for the beginning.
    private let part: String?

    public init(_ path: Path, _ query: [(name: String, value: String)] = [], part: String? = nil) { (self.path, self.query, self.part) = (path, query, part) }

    /// "/app/list.php?date=2025/07/04/", relative to the site's prefix, with the fragment.
    public var text: String { text(with: []) }

    /// The address that stores a choice and shows the same page.
    func text(choosing preference: Preference, _ value: String) -> String { text(with: [(preference.name, value)]) }

    private func text(with more: [(name: String, value: String)]) -> String {
        let pairs = (query + more).map { "\(PageAddress.encode($0.name))=\(PageAddress.encode($0.value))" }
        return path.text + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")) + (part.map { "#" + $0 } ?? "")
    }

    /// Slashes may stay in a query (RFC 3986, section 3.4).
    private static func encode(_ text: String) -> String {
        PercentCoding.encode(text) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") }
    }
}
