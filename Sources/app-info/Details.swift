// What there is to know of a file.

import Crypto
import MediaStore
import Settings
import Site
import Text

/// What a form of the details page finds.
enum Details {
    case notAllowed
    case noFile
    /// The second is for administrators alone.
    case file(StoredFile, origin: FileOrigin?)
}

/// Where a file comes from, as only administrators see it.
struct FileOrigin {
    /// nil for a file that takes too long to read.
    let md5: String?
    /// nil where nothing was recorded.
    let sender: Sender?
}

extension Site {
    func details(_ form: DetailsForm) throws -> Details {
        guard form.isAllowed else { return .notAllowed }
        guard let path = form.path, let file = try store.file(at: path) else { return .noFile }
        return .file(file, origin: form.visitor.isAdmin ? FileOrigin(md5: try md5(of: file), sender: try store.sender(of: file)) : nil)
    }

    /// Read now: nobody else wants it.
    private func md5(of file: StoredFile) throws -> String? {
        guard file.size <= 100 * ByteCount.megabyte else { return nil }
        let digest = MD5()
        try uploads.file(file.path.text).forEachPiece(digest.update)
        return Hexadecimal.encode(digest.finish())
    }
}
