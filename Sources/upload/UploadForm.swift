// The upload form: the file in `image` or `file`, and `token`. The file streams to disk; all other fields must be
// short.

import HTTP
import Media
import UploadPipeline

/// A received upload form.
struct UploadForm {
    /// The API key as a form field.
    let apiKey: String?
    private let received: ReceivedFile?

    /// Names of the file field; if both are sent, the earlier name in this list is used.
    private static let fileFields = ["image", "file"]

    /// Reads the form; the file is on disk afterwards.
    ///
    /// - Throws: `Problem`, `DiskError`.
    init(_ request: Request, _ receiver: FileReceiver) throws {
        let reader = try MultipartReader(contentType: request.contentType, body: request.body)
        var token: String?
        var files: [String: ReceivedFile] = [:]
        while let part = try reader.nextPart() {
            if let name = part.fileName, UploadForm.fileFields.contains(part.name), files[part.name] == nil {
                switch try receiver.receive(named: ClientName(bytes: name), from: reader) {
                case .file(let file): files[part.name] = file
                case .empty: break
                case .tooLarge(let size): throw UploadRefusal.overSize(size, limit: receiver.sizeLimit)
                }
            } else if part.fileName == nil, part.name == "token" {
                guard token == nil else { throw Problem.invalid("token", mustBe: "sent once") }
                token = try reader.readField()
            } else if part.fileName == nil {
                _ = try reader.readField()
            }
        }
        apiKey = token
        received = UploadForm.fileFields.lazy.compactMap { files[$0] }.first
    }

    /// The file.
    ///
    /// - Throws: `Problem` 400 if none was sent, or an empty one.
    var file: ReceivedFile {
        get throws {
            guard let received else { throw Problem.noFile("The form has no file in the field image or file, or an empty one; send one there, as a part with a file name.") }
            return received
        }
    }
}
