// EasyImages' own response to a deletion, in its order of fields. Its pages show `msg` with `icon` in the color of `type`.

import HTTP
import JSONText

/// What EasyImages' pages show after a deletion.
public struct DeletionNotice: Sendable {
    private let code: Int64
    private let message: String
    private let worked: Bool
    private let icon: String
    private let mode: String
    /// nil omits the field.
    private let url: JSONValue?

    public init(worked message: String, icon: String = "ok-sign", mode: String = "delete", url: JSONValue?) {
        (code, self.message, worked, self.icon, self.mode, self.url) = (200, message, true, icon, mode, url)
    }

    public init(failed message: String, code: Int64 = 404, mode: String = "delete", url: JSONValue?) {
        (self.code, self.message, worked, icon, self.mode, self.url) = (code, message, false, "exclamation-sign", mode, url)
    }

    /// A deletion failed half-way.
    public static func unfinished(mode: String = "delete", url: JSONValue?) -> DeletionNotice {
        DeletionNotice(failed: "删除未完成,请再试一次", code: 500, mode: mode, url: url)
    }

    public var members: [(String, JSONValue)] { [("code", .int(code))] + withoutCode }

    /// For responses that have a code already.
    public var withoutCode: [(String, JSONValue)] {
        let fields: [(String, JSONValue)] = [
            ("msg", .string(message)), ("type", worked ? "success" : "danger"), ("icon", .string(icon)), ("mode", .string(mode)),
        ]
        return fields + (url.map { [("url", $0)] } ?? [])
    }
}

extension Response {
    /// - Parameter error: a further message, for clients of the v1 API's links.
    public init(_ notice: DeletionNotice, error: String? = nil) {
        self.init(.ok, jsonText: .object(notice.members + (error.map { [("result", "error"), ("error", .string($0))] } ?? [])))
    }
}
