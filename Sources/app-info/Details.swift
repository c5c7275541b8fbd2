// The details of a file.

import Crypto
import Disk
import MediaStore
import Settings
import Site
import Text

/// The result of a request for the details page.
enum Details {
    case notAllowed
    case noFile
    case file(FileDetails)
}

/// What is shown of a file.
struct FileDetails {
    let file: StoredFile
    /// Only set for administrators.
    let origin: FileOrigin?
    let neighbours: Neighbours
    /// Other pictures.
    let others: [StoredFile]
}

/// The MD5 of a file's content.
enum FileSum {
    case known(String)
    /// Not computed.
    case tooLarge
    /// The row has no file.
    case missing
}

/// Where a file came from, for administrators only.
struct FileOrigin {
    let md5: FileSum
    /// nil if no sender was stored.
    let sender: Sender?
}

extension Site {
    func details(_ form: DetailsForm) throws -> Details {
        guard form.isAllowed else { return .notAllowed }
        guard let path = form.path, let file = try store.file(at: path) else { return .noFile }
        return .file(FileDetails(
            file: file, origin: form.isAdmin ? FileOrigin(md5: try md5(of: file), sender: try store.sender(of: file)) : nil,
            neighbours: form.seesGallery ? try store.neighbours(of: file, since: form.since) : .none,
            others: form.wantsOthers ? try store.someOfTheLast(FileDetails.otherCount, without: file, since: form.since) : []))
    }

    /// Computed for each request, because only this page needs it.
    private func md5(of file: StoredFile) throws -> FileSum {
        do {
            let content = try uploads.file(file.path.text)
            guard file.size <= 100 * ByteCount.megabyte else { return .tooLarge }
            let digest = MD5()
            try content.forEachPiece(digest.update)
            return .known(Hexadecimal.encode(digest.finish()))
        } catch let error as DiskError where error.kind == .missing {
            return .missing
        }
    }
}

extension FileDetails {
    fileprivate static let otherCount = 8
}
