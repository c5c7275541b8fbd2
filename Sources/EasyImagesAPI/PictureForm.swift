// The form of the old uploads as existing clients send it: fields in any order, the last value of a repeated field counts, and a body in
// another format counts as a form without a file.

import HTTP
import Media
import Site
import Time
import UploadPipeline

/// The fields and the file of a request.
public struct PictureForm {
    /// The received file; nil if there was no such part.
    private(set) var file: ReceivedPart?
    /// Whether the file was sent as a list, `image[]`.
    private(set) var isList = false
    private(set) var name = ClientName("")
    private var fields: [String: String] = [:]
    private var alternative: (file: ReceivedPart, name: ClientName)?

    /// The text fields that are read.
    private static let textFields: Set<String> = ["token", "sign", "name", "chunk", "chunks", "uuid", Expiry.field]

    /// One of several files of a form that was read elsewhere.
    public init(_ file: ReceivedPart, named name: ClientName, expires: String?) {
        (self.file, self.name) = (file, name)
        fields[Expiry.field] = expires
    }

    /// Reads the form; its file is written to the file system of its destination while it is received.
    ///
    /// - Throws: `Problem` if the disk is full, or the form is truncated or ambiguous; `DiskError`.
    public init(_ visit: Visit, _ policy: UploadPolicy) throws {
        let receiver = try visit.uploadService.receiver(wantsMD5: visit.settings.senders.checksBlockedMD5)
        let request = visit.request
        guard let reader = try? MultipartReader(contentType: request.contentType, body: request.body) else { return }
        while let part = try reader.nextPart() {
            if let sent = part.fileName {
                let name = ClientName(bytes: sent)
                if part.name == policy.fileField {
                    (file, self.name) = (try receiver.receive(named: name, from: reader), name)
                } else if part.name == policy.pieceField {
                    alternative = (try receiver.receive(named: name, from: reader), name)
                } else if part.name.hasPrefix(policy.fileField + "[") {
                    isList = true
                }
            } else if PictureForm.textFields.contains(part.name) {
                fields[part.name] = try reader.readField()
            } else {
                _ = try reader.readField()
            }
        }
        // Some clients send the piece in this part, and anything in the file's part.
        if let chunks = fields["chunks"], file == nil || !["", "0"].contains(chunks), let alternative { (file, name) = alternative }
    }

    /// The form that a resumable upload stands for.
    ///
    /// - Parameter file: nil while it is not complete.
    init(resumed name: ClientName, _ file: ReceivedFile?) {
        (self.name, self.file) = (name, file.map(ReceivedPart.file))
    }

    func text(_ field: String) -> String? { fields[field] }
}
