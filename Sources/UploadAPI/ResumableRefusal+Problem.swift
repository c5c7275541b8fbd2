// How refusals of resumable uploads are answered.

import HTTP
import ResumableStore
import Site
import Text

extension ResumableRefusal: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch self {
        case .unknown: Problem(.notFound, says: "Upload not found",
                               detail: "The sender has no upload with this id; begin one with POST, and use the address that its answer names.")
        case .ended: Problem(.gone, says: "Upload expired: begin it anew", detail: "The upload was not continued in time; begin it anew with POST.")
        case .inUse: Problem(.locked, says: "Another request is writing this upload",
                             detail: "Another request of this upload is not finished; send this one again in 1 second.", headers: [("Retry-After", "1")])
        case .tooMany(let limit): Problem(.tooManyRequests, says: "Too many unfinished uploads: \(limit) at a time",
                                          detail: "You have \(limit.grouped) unfinished uploads, as many as one sender may have; finish or remove one.",
                                          headers: [("Retry-After", "60")])
        case .tooMuch(let limit): Problem(.tooManyRequests, says: "Unfinished uploads are too large: \(limit) bytes together",
                                          detail: "With this one, your unfinished uploads would have more than \(limit.grouped) bytes; finish or remove one.",
                                          headers: [("Retry-After", "60")])
        case .tooLong: Problem(.contentTooLarge, says: "More bytes than Upload-Length",
                               detail: "The body has more bytes than are missing of Upload-Length; send only those from Upload-Offset on.")
        case .otherSum: Problem(.checksumMismatch, says: "Checksum mismatch",
                                detail: "The bytes differ from Upload-Checksum, and none was kept; send them again.")
        case .otherUpload: .keyOfAnotherUpload
        }
    }
}
