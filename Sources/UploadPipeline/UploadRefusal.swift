// Why a whole and recognised file is not taken, as a value: the API tells it in one way, the old forms in another.

import HTTP

/// A file that the operator's rules refuse.
public enum UploadRefusal: Error, ProblemConvertible, Equatable {
    case videoDisabled
    /// Both in bytes.
    case overSize(Int, limit: Int)
    case tooWide, tooNarrow, tooHigh, tooLow
    /// A vector graphic that could run, load or open something.
    case activeGraphic(because: String)

    public func problem(failure: String) -> Problem {
        switch self {
        case .videoDisabled: Problem(.forbidden, says: "Video upload disabled")
        case .overSize(let size, let limit): Problem(.badRequest, says: "File too large", because: "\(size) bytes, limit \(limit)")
        case .tooWide, .tooHigh: Problem(.badRequest, says: "File too large")
        case .tooNarrow, .tooLow: Problem(.badRequest, says: "File too small")
        case .activeGraphic(let because): Problem(.badRequest, says: "Invalid file type", because: because)
        }
    }
}
