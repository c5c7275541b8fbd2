// One line of the web server's log of served files: `$status $request_method "$http_range" $uri`. A view is a file that was
// sent from its start: whole, or the first piece of a video. The pieces after it are the same view.

import Media

enum ViewLine {
    /// The stored file that the line counts a view of, or nil.
    ///
    /// - Parameter prefix: the site's path prefix; a proxy in front may have taken it off.
    static func viewed(_ line: ArraySlice<UInt8>, below prefix: String) -> StoredPath? {
        let text = String(decoding: line, as: UTF8.self)
        let pieces = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[2].first == " ", startsAtTheStart(status: pieces[0], range: pieces[1]) else { return nil }
        var path = pieces[2].dropFirst()
        if path.hasPrefix(prefix + uploads) { path = path.dropFirst(prefix.count) }
        return path.hasPrefix(uploads) ? StoredPath(String(path.dropFirst(uploads.count))) : nil
    }

    private static let uploads = "/uploads/"

    private static func startsAtTheStart(status: Substring, range: Substring) -> Bool {
        switch status {
        case "200 GET ": true
        case "206 GET ": range.hasPrefix("bytes=0-")
        default: false
        }
    }
}
