// The operand of `imagebed file …`: a file by its id, its path below uploads/, or its address.

import Media
import MediaStore
import Settings
import Site
import Text

/// A file that a command names.
struct FileOperand {
    let file: StoredFile

    /// - Throws: `CommandFailure`, `.notFound`.
    init(_ invocation: Invocation, _ site: Site) throws {
        let text = invocation.operands[0].pasted
        guard let file = try FileOperand.found(text, site) else {
            throw CommandFailure(.notFound, "there is no file \"\(text)\": name it by its id, its path or its address (imagebed file list)")
        }
        self.file = file
    }

    /// Also one in the recycle bin.
    private static func found(_ text: String, _ site: Site) throws -> StoredFile? {
        if let id = Int(digits: text, in: 1...Int.max) { return try site.store.anyFile(id) }
        return try path(text, site.settings).flatMap { try site.store.anyFile(at: $0) }
    }

    private static func path(_ text: String, _ settings: Settings) -> StoredPath? {
        let base = settings.baseURL.text
        guard text.hasPrefix(base + "/") || text.hasPrefix("/") else { return StoredPath(text) }
        let address = text.hasPrefix("/") ? text : String(text.dropFirst(base.count))
        let plain = String(decoding: PercentCoding.decode(address.utf8), as: UTF8.self)
        return Links(settings).storedPath(inAddress: plain, settings)
    }
}
