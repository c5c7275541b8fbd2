// docs/paths.md, generated from the table; a test compares the file with it.

extension Endpoint {
    /// The reference of all paths, in Markdown.
    public static var manual: String {
        """
        # Paths

        Every documented path is an exact location in nginx and Apache, and runs one executable of the same word: `upload` is the
        folder in `Sources/`, the program, the socket `upload.sock` and the unit `imagebed-upload.service`. All else is a file that
        the web server sends by itself, or 404. Below a path prefix each path comes after it. `OPTIONS` answers the preflight of
        other origins on every path.

        | Path | Methods | Executable | What it does |
        | --- | --- | --- | --- |

        """ + all.map(\.manualRows).joined() + """

        Served without a program: `/uploads/` (stored files), the same below the setting `uploads_path` and, with `hide_path`, below `/`;
        `/` (the site's own files, from `htdocs/`).

        The table stands in `Sources/Paths`. The installer makes the web servers' locations (`nginx/paths.conf`, `apache/paths.conf`),
        sockets and units from it, and `imagebed paths` prints this page. To add a path: the executable in `Sources/` and
        `Package.swift`, a case in `Path.swift`, a row in `Endpoint.swift`, and `imagebed paths > docs/paths.md`.

        """
    }

    private var manualRows: String {
        let words = methods.map(\.name).joined(separator: " ")
        return paths.map { "| `\($0.path.text)` | \(words) | `\(name)` | \($0.does) |\n" }.joined()
    }
}
