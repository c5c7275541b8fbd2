// The answer to a delete link, in the fields of both families of clients, each with its own first.

import HTTP
import JSONText
import Responder

extension LinkOutcome {
    /// For `/application/del.php`.
    func v1Answer() throws -> Response {
        switch self {
        case .looked: return Response(.ok)
        case .deleted:
            let own: [(String, JSONValue)] = [("result", "success"), ("code", 200), ("message", .string(LinkOutcome.v1Done))]
            return Response(.ok, json: .object(own + oldFields(forgiving: false).withoutCode))
        case .gone:
            throw Problem(.notFound, says: LinkOutcome.v1Missing, details: oldFields(forgiving: false).withoutCode)
        case .unfinished(_, let because):
            throw Problem(.internalServerError, says: LinkOutcome.v1Unfinished, because: because, details: oldFields(forgiving: false).withoutCode)
        case .tooMany:
            throw Problem(.tooManyRequests, says: "Too many requests", headers: [("Retry-After", "\(LinkDeletion.window)")],
                          details: oldFields(forgiving: false).withoutCode)
        }
    }

    /// For `/app/del.php`.
    ///
    /// - Parameter forgiving: whether a file that is gone already counts as deleted.
    func answer(forgiving: Bool) -> Response {
        let fields = oldFields(forgiving: forgiving)
        let others: [(String, JSONValue)]
        switch self {
        case .looked: return Response(.ok, text: "")
        case .deleted: others = [("result", "success"), ("message", .string(LinkOutcome.v1Done))]
        case .gone: others = forgiving ? [("result", "success"), ("message", .string(LinkOutcome.v1Done))]
            : [("result", "error"), ("error", .string(LinkOutcome.v1Missing))]
        case .unfinished(_, let because):
            Log.fail(because, from: "del")
            others = [("result", "error"), ("error", .string(LinkOutcome.v1Unfinished))]
        case .tooMany: others = [("result", "error"), ("error", "Too many requests")]
        }
        return Response(.ok, jsonText: .object(fields.members + others))
    }

    private func oldFields(forgiving: Bool) -> OldAnswer {
        switch self {
        case .looked, .deleted: OldAnswer(worked: "删除成功", mode: "delete", url: url)
        case .gone: forgiving ? OldAnswer(worked: "删除成功", mode: "delete", url: url) : OldAnswer(failed: "文件不存在", mode: "delete", url: url)
        case .unfinished: OldAnswer(failed: OldAnswer.unfinished, code: 500, mode: "delete", url: url)
        case .tooMany: OldAnswer(failed: "操作过于频繁,请稍后再试", code: 429, mode: "delete", url: url)
        }
    }

    private var url: JSONValue {
        switch self {
        case .deleted(let path), .gone(let path?), .unfinished(let path, _): .string(path)
        case .looked, .gone(nil), .tooMany: false
        }
    }

    private static let v1Done = "File deleted successfully"
    private static let v1Missing = "File not found"
    private static let v1Unfinished = "Deletion not finished, call this link again"
}
