// The outcome of a request of the tus protocol, before it is encoded.

import JSONText
import ResumableStore

/// What became of a request.
public enum TusOutcome {
    /// - Parameter largest: bytes of a file.
    case description(largest: Int)
    case created(UploadID, ResumableUpload)
    case offset(ResumableUpload)
    case appended(ResumableUpload)
    case removed
    /// The file was refused, now or before.
    case refused(ResumableUpload.Refusal)
    case outcome(Progress)

    /// What the client is told of an upload's outcome.
    public enum Progress {
        case receiving(ResumableUpload)
        case processing(ResumableUpload)
        /// With the members of the dialect's ordinary answer.
        case stored([(String, JSONValue)])
        case refused(ResumableUpload.Refusal)
    }
}
