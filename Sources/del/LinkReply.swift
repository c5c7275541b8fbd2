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
    private let uploadsPath: String
    /// Whether a file that was deleted before counts as deleted.
    private let isForgiving: Bool

    init(_ outcome: LinkOutcome, _ path: DeletionPath, _ settings: Settings) {
        self.outcome = outcome
        self.path = path
        uploadsPath = settings.naming.uploadsPath
        isForgiving = path == .easyImages && !settings.recycles
    }

    var response: Response { path == .v1 ? v1Response : oldResponse }

    private var v1Response: Response {
        let details = notice.withoutCode
        return switch outcome {
        case .looked: Response(.ok)
        case .deleted:
            Response(.ok, json: .object([("result", "success"), ("code", 200), ("message", .string(LinkReply.done))] + details))
        case .gone: Response(telling: Problem(
            .notFound, says: LinkReply.missing, detail: "No file has this delete link, or it was deleted before; copy the whole link from del.",
            details: details))
        case .unfinished(let failure):
            Response(telling: Problem(
                .internalServerError, says: LinkReply.unfinished, detail: "The deletion was begun and not finished; call this link again, it goes on.",
                because: "\(failure)", details: details))
        case .tooMany:
            Response(telling: Problem(
                .tooManyRequests, says: LinkReply.tooMany,
                detail: "More than \(LinkDeletion.failures) old delete links from your network failed within \(LinkDeletion.window) seconds; try again after "
                    + "\(LinkDeletion.window) seconds.",
                headers: [("Retry-After", "\(LinkDeletion.window)")], details: details))
        }
    }

    private var oldResponse: Response {
        switch outcome {
        case .looked: Response(.ok, text: "")
        case .deleted: success
        case .gone: isForgiving ? success : Response(notice, error: LinkReply.missing)
        case .unfinished: Response(notice, error: LinkReply.unfinished)
        case .tooMany: Response(notice, error: LinkReply.tooMany)
        }
    }

    private var success: Response {
        Response(.ok, jsonText: .object(notice.members + [("result", "success"), ("message", .string(LinkReply.done))]))
    }

    private var notice: DeletionNotice {
        switch outcome {
        case .gone where !isForgiving: DeletionNotice(failed: "文件不存在", url: url)
        case .looked, .deleted, .gone: DeletionNotice(worked: "删除成功", url: url)
        case .unfinished: .unfinished(url: url)
        case .tooMany: DeletionNotice(failed: "操作过于频繁,请稍后再试", code: 429, url: url)
        }
    }

    private var url: JSONValue {
        switch outcome {
        case .deleted(let path), .gone(let path?): .string(uploadsPath + path.text)
        case .unfinished(let failure): .string(uploadsPath + failure.path)
        case .looked, .gone(nil), .tooMany: false
        }
    }

    private static let done = "File deleted successfully"
    private static let missing = "File not found"
    private static let unfinished = "Deletion not finished, call this link again"
    private static let tooMany = "Too many requests"
}
