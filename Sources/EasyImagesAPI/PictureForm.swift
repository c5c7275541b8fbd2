// The form of the old uploads as forty clients write it: fields in any order, a field twice counts as its last value, and what
// is no such form at all has simply brought no file.

import HTTP
import Media
import Site
import UploadPipeline

/// What came with a request.
public struct PictureForm {
    /// What came of the file; nil when there was no such part.
    private(set) var file: ReceivedPart?
    /// The file was sent as a list, `image[]`.
    private(set) var isList = false
    private(set) var name = ClientName("")
    private var fields: [String: String] = [:]
    private var alternative: (file: ReceivedPart, name: ClientName)?

    /// Text fields of the old forms.
    private static let textFields: Set<String> = ["token", "sign", "name", "chunk", "chunks"]

    /// Reads the form; its file goes to the disk of its destination while it comes.
    ///
    /// - Throws: `Problem` for no space left, a form that is cut short or can be read in two ways; `DiskError`.
    public init(_ visit: Visit, _ policy: UploadPolicy) throws {
        let receiver = try visit.uploads.receiver(wantsMD5: visit.settings.senders.checksBlockedMD5)
        let request = visit.request
        guard let reader = try? MultipartReader(contentType: request.contentType, body: request.body) else { return }
        while let part = try reader.nextPart() {
            if let sent = part.fileName {
                let name = ClientName(FileNameBytes.text(sent))
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
        // A program that followed EasyImages sends the piece there, and anything as the file.
        if let chunks = fields["chunks"], file == nil || !["", "0"].contains(chunks), let alternative { (file, name) = alternative }
    }

    func text(_ field: String) -> String? { fields[field] }
}
