// How refusals of resumable uploads are answered.

import HTTP
import ResumableStore

extension ResumableRefusal: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch self {
        case .unknown: Problem(.notFound, says: "Upload not found")
        case .ended: Problem(.gone, says: "Upload expired: begin it anew")
        case .inUse: Problem(.locked, says: "Another request is writing this upload", headers: [("Retry-After", "1")])
        case .tooMany(let limit): Problem(.tooManyRequests, says: "Too many unfinished uploads: \(limit) at a time",
                                          headers: [("Retry-After", "60")])
        case .tooMuch(let limit): Problem(.tooManyRequests, says: "Unfinished uploads are too large: \(limit) bytes together",
                                          headers: [("Retry-After", "60")])
        case .tooLong: Problem(.contentTooLarge, says: "More bytes than Upload-Length")
        case .otherSum: Problem(.checksumMismatch, says: "Checksum mismatch")
        case .otherUpload: Problem(.unprocessableContent, says: "Idempotency-Key was used for another upload")
        }
    }
}
