// `imagebed json hash`: the hash that the server computes for a document, so that scripts can compare before they push.

import Crypto
import Disk
import JSONText
import SyncStore
import Text

extension Command {
    static let jsonHash = Command(
        "json hash FILE", "Check a JSON document and show its hash.",
        details: "The SHA-256 of the document without white space outside strings, as the answers of the API name it."
    ) { invocation in
        let path = invocation.operands[0]
        let text = try document(path)
        let digest = SHA256()
        do {
            try JSONMinifier.minify(text.bytes, into: digest.update)
        } catch let refusal as JSONRefusal {
            throw CommandFailure(.usage, "\(path) is no JSON document: \(refusal.because)")
        }
        Output.line(Hexadecimal.encode(digest.finish()))
    }
}

private func document(_ path: String) throws -> HeldText {
    let file = try File(at: path)
    guard file.size <= SyncStore.contentLimit * 2 else { throw CommandFailure(.usage, "\(path) is larger than any content can be") }
    return HeldText(try file.map())
}
