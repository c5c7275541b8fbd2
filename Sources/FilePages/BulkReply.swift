// What became of files: as JSON for scripts, for browsers by the page that they came from.

import HTTP
import JSONText
import MediaStore
import Pages
import Settings

/// The answer to an action on several files.
public struct BulkReply: Reply {
    private let outcome: BulkOutcome
    private let wantsJSON: Bool
    private let page: OwnPath

    public init(_ outcome: BulkOutcome, _ wish: BulkWish, of site: BaseURL) {
        (self.outcome, wantsJSON) = (outcome, wish.wantsJSON)
        page = DoneFiles(wish.action, outcome).page(wish.back, of: site)
    }

    public var response: Response {
        guard wantsJSON else { return .seeOther(page) }
        return Response(.ok, json: [
            "success": true, "done": .array(outcome.done.map { .int(Int64($0)) }),
            "failed": .array(outcome.failed.map { ["id": .int(Int64($0.id)), "error": .string($0.failure.rawValue)] }),
        ])
    }
}
