// Conditions of HTTP on contents: the hash is the entity tag.

import HTTP
import SyncRules

/// The entity tags of `If-Match` and `If-None-Match` (RFC 9110, section 13.1).
public enum EntityTag {
    public static func text(_ hash: ContentHash) -> String { "\"\(hash.text)\"" }

    /// The condition of a header, or nil without it. Quotes may be missing, and a weak tag counts as the hash it holds, because
    /// proxies that compress weaken tags on the way.
    public static func condition(_ header: String?) -> PushFacts.Condition? {
        guard let header, !header.isEmpty else { return nil }
        let tags = header.split(separator: ",").map { tag in
            let bare = tag.drop { $0 == " " }
            return String((bare.hasPrefix("W/") ? bare.dropFirst(2) : bare).filter { $0 != "\"" && $0 != " " })
        }
        return tags.contains("*") ? .any : .hashes(tags.compactMap { ContentHash($0.lowercased()) })
    }

    /// Whether the client has this content already.
    ///
    /// - Parameter ifNoneMatch: what it says of that.
    public static func matches(_ hash: ContentHash, _ ifNoneMatch: PushFacts.Condition?) -> Bool {
        switch ifNoneMatch {
        case nil: false
        case .any: true
        case .hashes(let hashes): hashes.contains(hash)
        }
    }

    /// The answer 304.
    public static func notModified(_ hash: ContentHash, caching: String) -> Response {
        var response = Response(.notModified)
        response.headers.set("ETag", text(hash))
        response.headers.set("Cache-Control", caching)
        return response
    }
}
