// The web server sends thumbnails that are kept without asking anybody. Which stored file a link means, and which size and shape it
// means when it names none, follows from the settings; the rest of the name is formed in nginx/http.conf and
// apache/thumbnails.conf.

import House
import Settings
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

    /// A part of a path that means itself in a query, and that begins with no dot.
    private static let name = "[0-9A-Za-z_\\x80-\\xFF-][0-9A-Za-z._\\x80-\\xFF-]*"

    /// Slashes are written plainly or encoded; in the second case as many parts as paths of this program have.
    var nginx: String {
        let slash = "(?:/|%2[Ff])"
        let plain = "^/?\(pattern("/"))/((?:\(KeptThumbnails.name)/){0,8}\(KeptThumbnails.name))$"
        let encoded = [3, 4].map { count in
            let parts = Array(repeating: "(\(KeptThumbnails.name))", count: count).joined(separator: slash)
            let path = (1...count).map { "$\($0)" }.joined(separator: "/")
            return "    \"~^\(slash)?\(pattern(slash))\(slash)\(parts)$\" \"\(path)\";\n"
        }
        return """
            # Written by imagebed from the settings uploads_path, thumbnail_width, thumbnail_height and thumbnail_fit.
            map $imagebed_img $imagebed_picture {
                default "";
                "~\(plain)" $1;
            \(encoded.joined())}
            map "" $imagebed_usual_size { default "\(size)"; }
            map "" $imagebed_usual_zoom { default "\(usual.mode.rawValue)"; }

            """
    }

    var apache: String {
        """
        # Written by imagebed from the settings uploads_path, thumbnail_width, thumbnail_height and thumbnail_fit.
        Define IMAGEBED_THUMB_PLACES "\(pattern("/"))"
        Define IMAGEBED_THUMB_SIZE "\(size)"
        Define IMAGEBED_THUMB_ZOOM "\(usual.mode.rawValue)"

        """
    }

    private var size: String { "w\(usual.width)h\(usual.height)" }

    /// The setting allows nothing that means something in an expression but the dot.
    private func pattern(_ slash: String) -> String {
        "(?:\(places.map { $0.split(separator: "/").map { $0.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.") }.joined(separator: slash) }.joined(separator: "|")))"
    }
}
