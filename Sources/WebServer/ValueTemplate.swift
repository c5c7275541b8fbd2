// Root's templates of what follows the settings: what stands around the values is written there, not here.

import Settings
import Site
import Thumbnails

/// A file of configuration with `@name@` where a value belongs.
struct ValueTemplate {
    /// What the templates' own names end in.
    static let suffix = ".in"

    let text: String

    /// - Throws: `WebServerError.template` for a name that there is no value for.
    func filled(with values: WebValues) throws -> String {
        let known = ValueTemplate.parts(values.settings)
        var pieces = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        for place in pieces.indices where place % 2 == 1 {
            guard let value = known[pieces[place]], place + 1 < pieces.count else { throw WebServerError.template(pieces[place]) }
            pieces[place] = value
        }
        return pieces.joined()
    }

    /// What templates can name.
    private static func parts(_ settings: Settings) -> [String: String] {
        let (tree, thumbnails) = (PictureTree(settings), KeptThumbnails(settings))
        return [
            "largest_body": "\(settings.largestBody)",
            "hsts_seconds": "\(settings.hstsSeconds)",
            "tree": tree.tree, "short": tree.short,
            "places": thumbnails.places(slash: "/"), "encoded_places": thumbnails.places(slash: "(?:/|%2[Ff])"),
            "thumbnail_size": thumbnails.size, "thumbnail_mode": thumbnails.mode,
            "part": KeptName.part(others: #"\x80-\xFF"#),
        ]
    }
}
