// What came of an upload through an old form.

import MediaStore
import Media

public enum FormOutcome {
    case kept(KeptUpload)
    /// A piece was kept; nothing is wrong, and there is nothing to say.
    case pieceKept
    /// The file, or its sender, is not taken.
    case refused(FormRefusal, RefusedNaming?)
}

/// A kept file and what is told of it.
public struct KeptUpload {
    let file: StoredFile
    /// The sender's name without its extension; the stored one where the sender had none.
    let sourceName: String
    /// Where answers name the token's number.
    let tokenNumber: Int?
    /// Of the link that hides where the file lies, where the settings want such links.
    let hideToken: String?
    /// Of the file's delete link, for whoever may have it.
    let deleteToken: String?
    /// The small picture that was made at the upload.
    let smallPicture: StoredPath?
    /// For the log.
    let remarks: [String]
}

/// What the answer about a refused file calls it, where answers name the token's number.
public struct RefusedNaming {
    let sourceName: String
    let tokenNumber: Int
}
