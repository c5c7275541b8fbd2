// EasyImages sends its texts, JSON too, as HTML: its old pages parse them themselves, so that the type has to stay. They are read as
// text all the same.

import HTTP
import JSONText

extension Response {
    /// A plain text under EasyImages' type for everything, which is read as text all the same: nothing in it is markup.
    public init(_ status: Status, text: String) {
        self.init(status, Array(text.utf8), type: "text/html;charset=utf-8")
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    }

    /// JSON as such a text, with nothing in it that could be taken for markup.
    public init(_ status: Status, jsonText json: JSONValue) {
        self.init(status, text: String(decoding: json.bytes(.markup), as: UTF8.self))
    }
}
