// docs/settings.md, generated from the table; a test compares the file with it.

import Paths

extension Settings {
    /// The reference of all settings, in Markdown.
    public static var manual: String {
        """
        # Settings

        Settings are rows of the database. Administrators read and change them on the page `\(Path.settings.text)`, and the command line does \
        so too; a change counts from the next request where nothing else is said. Pages only show \
        \(keysOfTheCommandLine.sorted().map { "`\($0)`" }.joined(separator: ", ")): they name files or let scripts run, and a stolen session \
        must not reach further than the site's data.

        ```
        imagebed settings list
        imagebed settings get image_max_bytes
        imagebed settings set image_max_bytes 100MB
        ```

        A change of \(keysOfTheWebServer.sorted().map { "`\($0)`" }.joined(separator: ", ")) reaches the web server by itself within 5 \
        seconds, and on a machine without systemd within a minute; `sudo imagebed reload` does it at once. The settings write values \
        for it, `web/values` in the data folder, and never configuration: root checks each value and puts it into its own templates in \
        `/etc`. What the web server's own test refuses is taken back; `imagebed doctor` and the journal say so. Sizes count in 1,024: \
        `1MB` is 1,048,576 bytes.

        | Setting | New site | Allowed | Meaning |
        | --- | --- | --- | --- |

        """ + declarations.map(\.manualRow).joined() + memory
    }

    private static let memory = """

        ## Memory

        Pictures are made by processes of their own: two of them at a time or, on a machine with more than two processors, one for \
        each processor; one place is always left to uploads. What each will need is computed from the size in the picture's \
        headers before it starts, and together they stay below `picture_memory`. Whoever finds no room waits up to 15 seconds; \
        then the answer is 503 with `Retry-After`. So it is at once where one picture needs more than all may take, and the log \
        says how much that is.

        `picture_memory` 0 takes seven eighths of the machine's memory less 64 MB: 384 MB of 512 MB, 832 MB of 1 GB. Where a \
        control group (systemd's `MemoryMax`, a container) holds the responders to less than the machine has, that counts \
        instead. Swap does not: a picture that is decoded into it takes longer than it may.

        MB of 1,048,576 bytes for pictures of these megapixels, in red, green and blue (greys, palettes and inks need up to a \
        quarter more):

        | | 12 | 24 | 50 |
        | --- | --- | --- | --- |
        | JPEG to a thumbnail of 258 x 258 | 32 | 38 | 32 |
        | the same, of a progressive JPEG | 98 | 172 | 315 |
        | the same, of a PNG | 123 | 219 | 421 |
        | JPEG to JPEG | 161 | 298 | 595 |
        | JPEG to WebP | 198 | 373 | 750 |
        | JPEG turned upright | 207 | 390 | 786 |
        | JPEG to GIF | 332 | 641 | 1310 |

        A picture of up to 12 megapixels becomes a WebP in two thirds of the time where as many of its kind as there are places \
        have memory for it together, each with up to 23 bytes more per pixel.

        """
}

extension Declaration {
    fileprivate var manualRow: String {
        "| `\(key)` | \(initial.isEmpty ? "(nothing)" : "`\(initial)`") | \(kind.allowed) | \(documentation) |\n"
    }
}
