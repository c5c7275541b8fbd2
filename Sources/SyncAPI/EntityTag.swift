// Conditional requests: a content's hash is its entity tag.

import HTTP
import SyncRules

/// The entity tags of `If-Match` and `If-None-Match` (RFC 9110, section 13.1).
public enum EntityTag {
    public static func text(_ hash: ContentHash) -> String { "\"\(hash.text)\"" }

    /// The condition in a header; nil without it. Accepts tags without quotes, and tags as servers that compress responses change them.
    public static func condition(_ header: String?) -> PushFacts.Condition? {
        guard let header, !header.isEmpty else { return nil }
        let tags = header.split(separator: ",").map(bare)
        return tags.contains("*") ? .any : .hashes(tags.compactMap { ContentHash(original($0)) })
    }

    /// What compressing modules put behind a tag, inside its quotes, and do not take off again: Apache's mod_deflate and mod_brotli, unless
    /// `DeflateAlterETag` and `BrotliAlterETag` say otherwise. nginx's gzip makes a tag weak instead (`W/`).
    private static let suffixes = ["-gzip", "-br"]

    /// A tag in lower case, without quotes and mark of weakness.
    private static func bare(_ sent: Substring) -> String {
        let tag = sent.drop { $0 == " " }
        return (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag).filter { $0 != "\"" && $0 != " " }.lowercased()
    }

    /// A tag as it was sent here.
    private static func original(_ tag: String) -> String {
        suffixes.first { tag.hasSuffix($0) }.map { String(tag.dropLast($0.count)) } ?? tag
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
