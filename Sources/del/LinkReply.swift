// The response to a delete link: the fields of both kinds of clients, in the order of the path.

import HTTP
import JSONText
import Media
import Responder
import Settings

struct LinkReply: Reply {
    private let outcome: LinkOutcome
    private let path: DeletionPath
    /// The URL prefix of uploaded files.
    private let uploads: String
    /// Whether a file that was deleted before counts as deleted.
    private let isForgiving: Bool

    init(_ outcome: LinkOutcome, _ path: DeletionPath, _ settings: Settings) {
        self.outcome = outcome
        self.path = path
        uploads = settings.naming.uploadsPath
        isForgiving = path == .easyImages && !settings.recycles
    }

    /// - Throws: `Problem` for errors of `/application/del.php`.
    var response: Response {
        get throws { path == .v1 ? try v1Answer() : oldAnswer }
    }

    private func v1Answer() throws -> Response {
        let details = oldFields.withoutCode
        switch outcome {
        case .looked: return Response(.ok)
        case .deleted:
            let own: [(String, JSONValue)] = [("result", "success"), ("code", 200), ("message", .string(LinkReply.done))]
            return Response(.ok, json: .object(own + details))
        case .gone: throw Problem(.notFound, says: LinkReply.missing, details: details)
        case .unfinished(let failure):
            throw Problem(.internalServerError, says: LinkReply.unfinished, because: "\(failure)", details: details)
        case .tooMany:
            throw Problem(.tooManyRequests, says: LinkReply.tooMany, headers: [("Retry-After", "\(LinkDeletion.window)")], details: details)
        }
    }

    private var oldAnswer: Response {
        let others: [(String, JSONValue)]
        switch outcome {
        case .looked: return Response(.ok, text: "")
        case .deleted: others = LinkReply.success
        case .gone: others = isForgiving ? LinkReply.success : LinkReply.error(LinkReply.missing)
        case .unfinished: others = LinkReply.error(LinkReply.unfinished)
        case .tooMany: others = LinkReply.error(LinkReply.tooMany)
        }
        return Response(.ok, jsonText: .object(oldFields.members + others))
    }

    private var oldFields: OldAnswer {
        switch outcome {
        case .looked, .deleted: OldAnswer(worked: "删除成功", mode: "delete", url: url)
        case .gone: isForgiving ? OldAnswer(worked: "删除成功", mode: "delete", url: url) : OldAnswer(failed: "文件不存在", mode: "delete", url: url)
        case .unfinished: OldAnswer(failed: OldAnswer.unfinished, code: 500, mode: "delete", url: url)
        case .tooMany: OldAnswer(failed: "操作过于频繁,请稍后再试", code: 429, mode: "delete", url: url)
        }
    }

    private var url: JSONValue {
        switch outcome {
        case .deleted(let path), .gone(let path?): .string(uploads + path.text)
        case .unfinished(let failure): .string(uploads + failure.path)
        case .looked, .gone(nil), .tooMany: false
        }
    }

    private static let success: [(String, JSONValue)] = [("result", "success"), ("message", .string(done))]

    private static func error(_ message: String) -> [(String, JSONValue)] { [("result", "error"), ("error", .string(message))] }

    private static let done = "File deleted successfully"
    private static let missing = "File not found"
    private static let unfinished = "Deletion not finished, call this link again"
    private static let tooMany = "Too many requests"
}
