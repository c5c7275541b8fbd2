// What counts as a view of a file, by one line of the web server's access log of files: `$status $request_method "$http_range" $uri`.

import Media
import Text

/// A line of the log of views. A response that begins with the file's first byte is a view: a whole file, or the first range of a video,
/// whose later ranges belong to the same view. Heads, copies that a browser has already (304) and errors are none. Programs that fetch
/// files (bots) count like browsers: the log does not say who asked, so that it holds nothing of a person.
public enum ViewLine {
    /// The stored file of which the line is a view; nil for other lines.
    ///
    /// - Parameter places: the URL paths of files, each with a trailing slash.
    public static func viewed(_ line: ArraySlice<UInt8>, below places: [String]) -> StoredPath? {
        let pieces = line.split(separator: UInt8(ascii: "\""), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[2].first == UInt8(ascii: " "),
              startsAtTheStart(status: String(decoding: pieces[0], as: UTF8.self), range: String(decoding: pieces[1], as: UTF8.self))
        else { return nil }
        let path = String(decoding: unescaped(pieces[2].dropFirst()), as: UTF8.self)
        guard let place = places.first(where: path.hasPrefix) else { return nil }
        return StoredPath(String(path.dropFirst(place.count)))
    }

    /// The web servers log non-ASCII bytes as `\xE5`.
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
