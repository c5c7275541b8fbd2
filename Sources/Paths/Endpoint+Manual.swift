// docs/paths.md, generated from the table; a test compares the file with it.

extension Endpoint {
    /// The reference of all paths, in Markdown.
    public static var manual: String {
        """
        # Paths

        Every documented path is an exact location in nginx and Apache, and runs one executable of the same word: `upload` is the
        folder in `Sources/`, the program, the socket `upload.sock` and the unit `imagebed-upload.service`. All else is a file that
        the web server sends by itself, or 404. Below a path prefix each path comes after it. `OPTIONS` is answered on
        every path: with the preflight of other origins, or with `Allow` where they have no business.

        | Path | Methods | Executable | What it does |
        | --- | --- | --- | --- |

        """ + all.map(\.manualRows).joined() + """

        The web server redirects by itself, without a program:

        | Path | Redirects to | Status |
        | --- | --- | --- |

        """ + Redirect.all.map(\.manualRow).joined() + """

        Files that it sends by itself: `/uploads/` (stored files), the same below the setting `uploads_path` and, with `hide_path`, below
        `/`; `/assets/DIGEST/` (scripts, styles and icons of the pages, from `htdocs/assets/`, kept by browsers for a year: DIGEST changes
        with any of them) and the same at `/assets/`; `/manifest.webmanifest`; `/app/bing.php` (a picture of the site's own, which themes
        for EasyImages load); `/` (all else in `htdocs/`, and static files that a replaced site had there, whose `robots.txt` and
        `favicon.ico` come first).

        An address that does not exist, and any other refusal by the web server itself, is answered in JSON. Where the request's `Accept`
        names `text/html` it is a page with the same status, except below `/api/` and on the upload forms of EasyImages.

        The tables stand in `Sources/Paths`. The installer makes the web servers' locations (`nginx/paths.conf`, `apache/paths.conf`),
        sockets and units from it, and `imagebed paths` prints this page. To add a path: the executable in `Sources/` and
        `Package.swift`, a case in `Path.swift`, a row in `Endpoint.swift`, and `imagebed paths > docs/paths.md`. To add a redirect: a row
        in `Redirect.swift`, and the same.

        """
    }

    private var manualRows: String {
        let words = methods.map(\.name).joined(separator: " ")
        return paths.map { "| `\($0.path.text)` | \(words) | `\(name)` | \($0.does) |\n" }.joined()
    }
}

extension Redirect {
    fileprivate var manualRow: String { "| `\(from)\(isFolder ? "…" : "")` | `\(to.text)` | \(status) |\n" }
}
