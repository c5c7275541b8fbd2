// The web server refuses bodies that no setting would take, before they cost any disk. It reads its own limit from a file in
// the data folder, which follows the settings.

import House
import Settings

enum WebLimits {
    /// The files and what they should hold, for nginx and for Apache.
    static func files(_ data: DataFolder, _ settings: Settings) -> [(path: String, text: String)] {
        [
            ("\(data.web)/limits.nginx.conf", "client_max_body_size \(settings.largestBody);\n"),
            ("\(data.web)/limits.apache.conf", "LimitRequestBody \(settings.largestBody)\n"),
        ]
    }

    /// - Returns: the files that changed.
    static func write(_ data: DataFolder, _ settings: Settings) throws -> [String] {
        try files(data, settings).filter { try ReplacedFile.write($0.text, to: $0.path) }.map(\.path)
    }

    /// What makes the web server read them again.
    static let advice = "the web server takes the new limit when it is reloaded: nginx -s reload (or apachectl graceful)"
}
