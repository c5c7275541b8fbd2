// The folders of the URL space that belong to the site itself: what is below them is a path of its own, or nothing at all.

/// A first folder of the site's own paths.
public enum OwnFolder {
    /// Of files that the web server sends, or refuses whatever lies there (`nginx/locations.conf`, `apache/locations.conf`).
    private static let ofTheWebServer = ["uploads", "assets", "config", "_imagebed"]

    private static let all = Set((Path.allCases.map(\.text) + Redirect.all.map(\.from)).compactMap(first(of:)) + ofTheWebServer)

    /// "/api/v1/x/" is in "/api/".
    ///
    /// - Parameter path: of a folder, with a slash at both ends, relative to the site's prefix.
    /// - Returns: nil if the path is in none of these folders.
    public static func around(_ path: String) -> String? {
        first(of: path).flatMap { all.contains($0.lowercased()) ? "/\($0)/" : nil }
    }

    /// Ends of names that web servers send no stored file for, at whatever depth, and "php" with a digit (`nginx/locations.conf`,
    /// `apache/locations.conf`).
    private static let programs: Set = [
        "php", "phtml", "phar", "phps", "pht", "cgi", "fcgi", "pl", "py", "rb", "sh", "asp", "aspx", "jsp", "shtml", "htm", "html", "xht", "xhtml", "xml",
        "js", "mjs", "css",
    ]

    /// The first folder of a path whose name is one of a program or page: "x.php".
    public static func ofProgram(in path: String) -> String? {
        path.split(separator: "/").map(String.init).first { name in
            let end = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() ?? ""
            return programs.contains(end) || end.hasPrefix("php") && end.utf8.count == 4 && end.utf8.last?.isDigit == true
        }
    }

    /// nil for a path without a folder.
    private static func first(of path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[1]) : nil
    }
}
