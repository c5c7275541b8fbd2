// EasyImages sends all texts, also JSON, as text/html, and its pages depend on that type.

import HTTP
import JSONText

extension Response {
    /// A plain text sent as text/html. Callers must not pass text with markup.
    public init(_ status: Status, text: String) {
        self.init(status, Array(text.utf8), type: "text/html;charset=utf-8")
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    }

    /// The same for JSON; characters with a meaning in HTML are escaped.
    public init(_ status: Status, jsonText json: JSONValue) {
        self.init(status, text: String(decoding: json.bytes(.markup), as: UTF8.self))
    }
}
