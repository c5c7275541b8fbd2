// What the web server has to know of the settings, in files of the data folder that its configuration includes: they follow the
// settings, and the web server follows them when it is reloaded. Bodies that no setting would take are refused there, before
// they cost any disk.

import House
import Settings

enum WebServerFiles {
    /// The files and what they should hold, for nginx and for Apache.
    static func files(_ data: DataFolder, _ settings: Settings) -> [(path: String, text: String)] {
        let tree = PictureTree(settings)
        let thumbnails = KeptThumbnails(settings)
        return [
            ("limits.nginx.conf", "client_max_body_size \(settings.largestBody);\n"),
            ("limits.apache.conf", "LimitRequestBody \(settings.largestBody)\n"),
            ("tree.nginx.conf", tree.nginx),
            ("tree.apache.conf", tree.apache),
            ("thumbnails.nginx.conf", thumbnails.nginx),
            ("thumbnails.apache.conf", thumbnails.apache),
        ].map { ("\(data.web)/\($0)", $1) }
    }

    /// - Returns: the files that changed.
    static func write(_ data: DataFolder, _ settings: Settings) throws -> [String] {
        try files(data, settings).filter { try ReplacedFile.write($0.text, to: $0.path) }.map(\.path)
    }

    /// What makes the web server read them again.
    static let advice = "the web server takes it when it is reloaded: nginx -s reload (or apachectl graceful)"
}
