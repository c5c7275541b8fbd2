// docs/settings.md, written from the table; a test holds the file against this.

extension Settings {
    /// The manual of all settings, in Markdown.
    public static var manual: String {
        """
        # Settings

        Settings are rows of the database. Read and change them with the command line; a change counts from the next \
        request where nothing else is said.

        ```
        imagebed settings list
        imagebed settings get image_max_bytes
        imagebed settings set image_max_bytes 100MB
        ```

        A change of \(keysOfTheWebServer.sorted().map { "`\($0)`" }.joined(separator: ", ")) also changes what the web server \
        knows of the settings, in files in `web/` of the data folder: reload the web server after it. Sizes count in 1,024: `1MB` \
        is 1,048,576 bytes.

        | Setting | New site | Allowed | Meaning |
        | --- | --- | --- | --- |

        """ + declarations.map(\.manualRow).joined()
    }
}

extension Declaration {
    fileprivate var manualRow: String {
        "| `\(key)` | \(initial.isEmpty ? "(nothing)" : "`\(initial)`") | \(kind.allowed) | \(documentation) |\n"
    }
}
