// The details of a file.

import Crypto
import MediaStore
import Settings
import Site
import Text

/// The result of a request for the details page.
enum Details {
    case notAllowed
    case noFile
    /// `origin` is only set for administrators.
    case file(StoredFile, origin: FileOrigin?)
}

/// Where a file came from, for administrators only.
struct FileOrigin {
    /// nil if the file is too large to hash it.
    let md5: String?
    /// nil if no sender was stored.
    let sender: Sender?
}

extension Site {
    func details(_ form: DetailsForm) throws -> Details {
        guard form.isAllowed else { return .notAllowed }
        guard let path = form.path, let file = try store.file(at: path) else { return .noFile }
        return .file(file, origin: form.isAdmin ? FileOrigin(md5: try md5(of: file), sender: try store.sender(of: file)) : nil)
    }

    /// Computed for each request, because only this page needs it.
    private func md5(of file: StoredFile) throws -> String? {
        guard file.size <= 100 * ByteCount.megabyte else { return nil }
        let digest = MD5()
        try uploads.file(file.path.text).forEachPiece(digest.update)
        return Hexadecimal.encode(digest.finish())
    }
}
