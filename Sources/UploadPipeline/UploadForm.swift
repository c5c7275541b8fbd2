// The form of an upload, declared where its fields are read: the file in `image` or `file`, and `token`. The file streams to
// disk; nothing else of the form may be long.

import Crypto
import Disk
import HTTP
import Media

/// A received upload form.
public struct UploadForm {
    /// The API key as a form field.
    public let token: String?
    private let received: ReceivedFile?

    /// Fields that hold the file; an earlier name wins where both are sent.
    private static let fileFields = ["image", "file"]

    /// Reads the form.
    ///
    /// - Parameters:
    ///   - sizeLimit: bytes; a longer file is refused while it comes.
    ///   - newDraft: where the file goes.
    /// - Throws: `Problem`, `DiskError`.
    public init(_ request: Request, sizeLimit: Int, newDraft: () throws -> Draft) throws {
        let reader = try MultipartReader(contentType: request.contentType, body: request.body)
        var token: String?
        var files: [String: ReceivedFile] = [:]
        while let part = try reader.nextPart() {
            if part.fileName != nil, UploadForm.fileFields.contains(part.name), files[part.name] == nil {
                files[part.name] = try UploadForm.receive(part, reader, sizeLimit: sizeLimit, newDraft)
            } else if part.fileName == nil, part.name == "token" {
                guard token == nil else { throw Problem(.badRequest, says: "Invalid parameter: token") }
                token = try reader.readField()
            } else if part.fileName == nil {
                _ = try reader.readField()
            }
        }
        self.token = token
        received = UploadForm.fileFields.lazy.compactMap { files[$0] }.first
    }

    /// The file.
    ///
    /// - Throws: `Problem` 400 when none was sent, or an empty one.
    public var file: ReceivedFile {
        get throws {
            guard let received else { throw Problem(.badRequest, says: "No file uploaded") }
            return received
        }
    }

    /// nil for the empty part that a browser sends when no file was chosen.
    private static func receive(_ part: PartHeader, _ reader: MultipartReader, sizeLimit: Int,
                                _ newDraft: () throws -> Draft) throws -> ReceivedFile? {
        var target: HashingDraft?
        try reader.readPart { bytes in
            if target == nil { target = HashingDraft(try newDraft()) }
            guard let target, target.draft.size + bytes.count <= sizeLimit else {
                throw Problem(.badRequest, says: "File too large", because: "more than \(sizeLimit) bytes")
            }
            try target.write(bytes)
        }
        return target?.finish(named: part.fileName ?? [])
    }
}
