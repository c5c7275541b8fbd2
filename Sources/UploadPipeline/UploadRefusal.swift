// Why the operator's rules reject a valid file, as a value: the API and the old forms word it differently.

import HTTP

/// A file that the operator's rules reject.
public enum UploadRefusal: Error, ProblemConvertible, Equatable {
    case videoDisabled
    /// Both in bytes.
    case overSize(Int, limit: Int)
    case tooWide, tooNarrow, tooHigh, tooLow
    /// A vector graphic with active or external content.
    case activeGraphic(because: String)
    /// A file whose metadata cannot be removed.
    case keptMetadata(because: String)

    public func problem(failure: String) -> Problem {
        switch self {
        case .videoDisabled: Problem(.forbidden, says: "Video upload disabled")
        case .overSize(let size, let limit): Problem(.badRequest, says: "File too large", because: "\(size) bytes, limit \(limit)")
        case .tooWide, .tooHigh: Problem(.badRequest, says: "File too large")
        case .tooNarrow, .tooLow: Problem(.badRequest, says: "File too small")
        case .activeGraphic(let because), .keptMetadata(let because):
            Problem(.badRequest, says: "Invalid file type", because: because)
        }
    }
}
