// The web server sends thumbnails that are kept without asking anybody. Which stored file a link means, and which size and shape it
// means when it names none, follows from the settings.

import Settings
import Site
import Thumbnails

/// How the web server finds a kept thumbnail.
struct KeptThumbnails {
    /// The folders of stored files in addresses, without the slashes around them.
    private let places: [String]
    private let usual: ThumbnailShape

    init(_ settings: Settings) {
        let folders = [Links.ownUploads, settings.naming.uploadsPath].map { String($0.dropFirst().dropLast()) }
        places = folders[0] == folders[1] ? [folders[0]] : folders
        usual = ThumbnailShape(defaults: .init(settings.thumbnails))
    }

    /// As file names have them.
    var size: String { KeptName.size(usual.width, usual.height) }
    var mode: String { "\(usual.mode.rawValue)" }

    /// The folders as a regular expression, `slash` being one for the slashes in them.
    func places(slash: String) -> String {
        "(?:\(places.map { $0.split(separator: "/").map { Expression.literal(String($0)) }.joined(separator: slash) }.joined(separator: "|")))"
    }
}
