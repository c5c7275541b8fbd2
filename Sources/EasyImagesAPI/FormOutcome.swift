// The result of an upload through an old form.

import MediaStore
import Media

public enum FormOutcome {
    case kept(KeptUpload)
    /// A piece of a file was stored; the response is empty.
    case pieceKept
    /// The upload was rejected.
    case refused(FormRefusal, RefusedNaming?)

    /// Whether the account stores as much as it may.
    public var isOverQuota: Bool { if case .refused(.quota, _) = self { true } else { false } }
}

/// A stored file with the values for the response.
public struct KeptUpload {
    public let file: StoredFile
    /// The original name without extension; the stored name if none was sent.
    public let sourceName: String
    /// The token's number, if responses contain it.
    let tokenNumber: Int?
    /// Whether it was there before, if responses tell that.
    public let isDuplicate: Bool
    /// The base of the picture's URL: one of those in the settings, at random, or the site's.
    let pictureBase: String
    /// The token of the link that hides the file's path, if the settings require such links.
    let hideToken: String?
    /// The token of the delete link; nil if the uploader may not have it.
    let deleteToken: String?
    /// The thumbnail that was made at the upload.
    let smallPicture: StoredPath?
    /// Messages for the log.
    public let remarks: [String]
}

/// The values that name a rejected file in a response, if responses contain the token's number.
public struct RefusedNaming {
    let sourceName: String
    let tokenNumber: Int
}
