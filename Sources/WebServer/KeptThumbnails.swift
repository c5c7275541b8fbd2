// The web server sends cached thumbnails itself. The file that a link refers to, and the default size and shape, depend on the settings.

import Settings
import Site
import Thumbnails

/// How the web server finds a cached thumbnail.
struct KeptThumbnails {
    /// The URL folders of stored files, without leading and trailing slashes.
    private let places: [String]
    private let usual: ThumbnailShape

    init(_ settings: Settings) {
        let folders = [Links.ownUploads, settings.naming.uploadsPath].map { String($0.dropFirst().dropLast()) }
        places = folders[0] == folders[1] ? [folders[0]] : folders
        usual = ThumbnailShape(defaults: .init(settings.thumbnails))
    }

    /// In the form used in file names.
    var size: String { KeptName.size(usual.width, usual.height) }
    var mode: String { "\(usual.mode.rawValue)" }

    /// A regular expression for the folders, in which `slash` is the expression for a slash.
    func places(slash: String) -> String {
        "(?:\(places.map { $0.split(separator: "/").map { Expression.literal(String($0)) }.joined(separator: slash) }.joined(separator: "|")))"
    }
}
