// `imagebed json hash`: the hash that the server gives a document, for scripts that compare before they push.

import Crypto
import Disk
import Glibc
import JSONText
import SyncStore
import Text

let jsonHash = Command(
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

private func document(_ path: String) throws -> HeldText {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskError("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size <= SyncStore.contentLimit * 2 else {
        throw CommandFailure(.usage, "\(path) is larger than any content can be")
    }
    let size = Int(status.st_size)
    guard size > 0 else { return HeldText([UInt8]()) }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { throw DiskError("map", path) }
    madvise(start, size, MADV_SEQUENTIAL)
    return HeldText(UnsafeRawBufferPointer(start: start, count: size), release: { munmap(start, size) })
}
