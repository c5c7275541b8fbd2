// One line of the web server's log of served files: `$status $request_method "$http_range" $uri`. A view is a file that was
// sent from its start: whole, or the first piece of a video. The pieces after it are the same view.

import Media
import Text

enum ViewLine {
    /// The stored file that the line counts a view of, or nil.
    ///
    /// - Parameter places: the paths under which files are served, each with a slash at its end.
    static func viewed(_ line: ArraySlice<UInt8>, below places: [String]) -> StoredPath? {
        let pieces = line.split(separator: UInt8(ascii: "\""), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[2].first == UInt8(ascii: " "),
              startsAtTheStart(status: String(decoding: pieces[0], as: UTF8.self), range: String(decoding: pieces[1], as: UTF8.self))
        else { return nil }
        let path = String(decoding: unescaped(pieces[2].dropFirst()), as: UTF8.self)
        guard let place = places.first(where: path.hasPrefix) else { return nil }
        return StoredPath(String(path.dropFirst(place.count)))
    }

    /// The web servers write bytes beyond ASCII as `\xE5`.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
               let code = Hexadecimal.octet(rest.dropFirst().prefix(2)) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func startsAtTheStart(status: String, range: String) -> Bool {
        switch status {
        case "200 GET ": true
        case "206 GET ": range.hasPrefix("bytes=0-")
        default: false
        }
    }
}
