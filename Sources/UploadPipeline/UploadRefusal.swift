// Why the operator's rules reject a valid file, as a value: the API and the old forms word it differently.

import HTTP
import PictureWorker
import Text

/// A file that the operator's rules reject.
public enum UploadRefusal: Error, ProblemConvertible, Equatable {
    case videoDisabled
    /// Both in bytes.
    case overSize(Int, limit: Int)
    /// In pixels.
    case tooWide(Int, limit: Int), tooNarrow(Int, limit: Int), tooHigh(Int, limit: Int), tooLow(Int, limit: Int)
    /// A vector graphic with active or external content.
    case activeGraphic(because: String)
    /// A vector graphic over a limit of what it may hold.
    case complexGraphic(because: String)
    /// A file whose metadata cannot be removed.
    case keptMetadata(because: String)

    public func problem(failure: String) -> Problem {
        switch self {
        case .videoDisabled: Problem(.forbidden, says: "Video upload disabled", detail: "The file is a video, and this site takes pictures only.")
        case .overSize(let size, let limit):
            Problem(.badRequest, says: "File too large", detail: UploadRefusal.detail(size: size, limit: limit), because: "\(size) bytes, limit \(limit)")
        case .tooWide(let width, let limit):
            Problem(.badRequest, says: "Too many pixels", detail: UploadRefusal.detail(width, "wide", limit, "at most", "smaller"))
        case .tooHigh(let height, let limit):
            Problem(.badRequest, says: "Too many pixels", detail: UploadRefusal.detail(height, "high", limit, "at most", "smaller"))
        case .tooNarrow(let width, let limit):
            Problem(.badRequest, says: "Too few pixels", detail: UploadRefusal.detail(width, "wide", limit, "at least", "larger"))
        case .tooLow(let height, let limit):
            Problem(.badRequest, says: "Too few pixels", detail: UploadRefusal.detail(height, "high", limit, "at least", "larger"))
        case .activeGraphic(let because):
            Problem(.badRequest, says: "Invalid file type", detail: UploadRefusal.detail("The SVG is not taken as it is", because), because: because)
        case .complexGraphic(let because):
            Problem(.badRequest, says: because.contains("bytes, at most") ? "File too large" : "Invalid file type",
                    detail: UploadRefusal.detail("The SVG is over a limit", because), because: because)
        case .keptMetadata(let because):
            Problem(.badRequest, says: "Invalid file type",
                    detail: UploadRefusal.detail("This site removes metadata, and cannot remove those of this SVG", because), because: because)
        }
    }

    /// - Parameters:
    ///   - size: bytes of the file.
    ///   - limit: bytes of one of its kind.
    public static func detail(size: Int, limit: Int) -> String {
        "The file has \(size.grouped) bytes; this site takes \(limit.grouped) in one of its kind. Send a smaller one."
    }

    private static func detail(_ side: Int, _ direction: String, _ limit: Int, _ bound: String, _ other: String) -> String {
        "The picture is \(side.grouped) pixels \(direction); this site takes \(bound) \(limit.grouped). Send a \(other) one."
    }

    /// - Parameter because: the picture worker's reason, which begins with its job.
    private static func detail(_ fault: String, _ because: String) -> String {
        "\(fault): \(PictureFailure.reason(in: because)). Change that in the file, and send it again."
    }
}
