// Conditional requests: a content's hash is its entity tag.

import HTTP
import SyncRules

/// The entity tags of `If-Match` and `If-None-Match` (RFC 9110, section 13.1).
public enum EntityTag {
    public static func text(_ hash: ContentHash) -> String { "\"\(hash.text)\"" }

    /// The condition in a header; nil without it. Accepts tags without quotes, and weak tags, because proxies that compress responses make
    /// tags weak.
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
    /// - Parameter ifNoneMatch: the condition in the request.
    public static func matches(_ hash: ContentHash, _ ifNoneMatch: PushFacts.Condition?) -> Bool {
        ifNoneMatch?.holds(for: hash) ?? false
    }

    /// A response with status 304.
    public static func notModified(_ hash: ContentHash, caching: String) -> Response {
        var response = Response(.notModified)
        response.headers.set("ETag", text(hash))
        response.headers.set("Cache-Control", caching)
        return response
    }
}
