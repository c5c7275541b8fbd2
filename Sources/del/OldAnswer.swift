// The fields of EasyImages' own response, in its order. Its pages show `msg` with `icon` in the color of `type`.

import HTTP
import JSONText
import Responder

struct OldAnswer: Reply {
    let code: Int64
    let message: String
    let worked: Bool
    let icon: String
    let mode: String
    /// nil omits the field.
    let url: JSONValue?

    init(worked message: String, icon: String = "ok-sign", mode: String, url: JSONValue?) {
        (code, self.message, worked, self.icon, self.mode, self.url) = (200, message, true, icon, mode, url)
    }

    init(failed message: String, code: Int64 = 404, mode: String, url: JSONValue?) {
        (self.code, self.message, worked, icon, self.mode, self.url) = (code, message, false, "exclamation-sign", mode, url)
    }

    /// A deletion failed half-way.
    static let unfinished = "删除未完成,请再试一次"

    var response: Response { Response(.ok, jsonText: .object(members)) }

    var members: [(String, JSONValue)] { [("code", .int(code))] + withoutCode }

    /// For responses that have a code already.
    var withoutCode: [(String, JSONValue)] {
        let fields: [(String, JSONValue)] = [
            ("msg", .string(message)), ("type", worked ? "success" : "danger"), ("icon", .string(icon)), ("mode", .string(mode)),
        ]
        return fields + (url.map { [("url", $0)] } ?? [])
    }
}
