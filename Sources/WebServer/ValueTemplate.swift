// Templates for values that depend on the settings: of the web server's configuration, and of the few pages that it sends by itself. They
// belong to root: only they determine what is around a value.

import HTML
import JSONText
import Media
import Settings
import Site
import Thumbnails

/// A template with placeholders `@name@`.
struct ValueTemplate {
    /// The suffix of the templates' names.
    static let suffix = ".in"

    let text: String

    /// - Throws: `WebServerError.template` for an unknown name.
    func filled(with values: WebValues) throws -> String {
        let known = ValueTemplate.parts(values.settings)
        var pieces = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        for place in pieces.indices where place % 2 == 1 {
            guard let value = known[pieces[place]], place + 1 < pieces.count else { throw WebServerError.template(pieces[place]) }
            pieces[place] = value
        }
        return pieces.joined()
    }

    /// The `Cache-Control` of files that may be replaced.
    private static let replaced = "max-age=300"

    /// The values that templates can refer to.
    private static func parts(_ settings: Settings) -> [String: String] {
        let (tree, thumbnails, proxies) = (PictureTree(settings), KeptThumbnails(settings), TrustedProxies(settings))
        return [
            "largest_body": "\(settings.largestBody)",
            "hsts_seconds": "\(settings.hstsSeconds)",
            "file_cache": settings.replacesFiles ? replaced : "public, max-age=31536000, immutable",
            "thumbnail_cache": settings.replacesFiles ? replaced : "public, max-age=2592000",
            "expiring": ExpiringFolder.name, "expiring_cache": ExpiringFolder.cacheControl,
            "site_name_html": ("\(settings.siteName)" as Markup).text,
            "site_name_json": String(decoding: JSONValue.string(settings.siteName).bytes, as: UTF8.self),
            "largest_file": ByteCount.print(settings.largestUpload),
            "tree": tree.tree, "short": tree.short, "media": PictureTree.ending,
            "places": thumbnails.places(slash: "/"), "encoded_places": thumbnails.places(slash: "(?:/|%2[Ff])"),
            "thumbnail_size": thumbnails.size, "thumbnail_mode": thumbnails.mode,
            "nginx_proxies": proxies.nginx, "apache_proxies": proxies.apache,
            "part": KeptName.part(others: #"\x80-\xFF"#),
        ]
    }
}
