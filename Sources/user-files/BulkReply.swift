// What became of files: as JSON for scripts, for browsers by the page that they came from.

import FilePages
import HTTP
import JSONText
import MediaStore
import Pages

struct BulkReply: Reply {
    let outcome: BulkOutcome
    let wantsJSON: Bool
    /// The page that tells it.
    let page: OwnPath

    var response: Response {
        guard wantsJSON else { return .seeOther(page) }
        return Response(.ok, json: [
            "success": true, "done": .array(outcome.done.map { .int(Int64($0)) }),
            "failed": .array(outcome.failed.map { ["id": .int(Int64($0.id)), "error": .string($0.failure.rawValue)] }),
        ])
    }
}
