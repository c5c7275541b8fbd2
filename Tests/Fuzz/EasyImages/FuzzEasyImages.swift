// The libFuzzer target for the data files of EasyImages: reading, writing back, and what logs, tokens and settings make of them.
// `Tests/Fuzz/run 60 EasyImages` builds and runs it. What it finds is a trap, a bad access, a time-out, or a broken promise.

import EasyImages
import Text

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEasyImages(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    checkLog(MemorySource(bytes))
    try? OldCounts.forEach(in: MemorySource(bytes)) { _, _ in }
    guard let file = try? PHPArrayFile(bytes) else { return 0 }
    checkWritten(file)
    _ = OldToken.all(file.array).map(\.canMatch)
    _ = OldAccount.uploaders(file.array).map(\.hasMD5Password)
    let config = OldConfig(file.array)
    let ours = Dictionary((config.settings(root: "/old") + config.addresses()).map { ($0.key, $0.value) }) { first, _ in first }
    guard config.updated(root: "/old", ours: { ours[$0] ?? "" }).changed.isEmpty else { fatalError("settings do not come back") }
    return 0
}

/// Every entry is found again where it began.
private func checkLog(_ source: MemorySource) {
    guard let log = try? OldLog(source) else { return }
    try? log.forEach { entry, offset in
        if let entry, (try? log.entry(at: offset))?.path != entry.path { fatalError("an entry is not where it was") }
    }
}

/// What was read once is written so that it is read again as the same, and is written the same.
private func checkWritten(_ file: PHPArrayFile) {
    let written = file.bytes
    guard let again = try? PHPArrayFile(written), again.variable == file.variable else { fatalError("what was written is not read") }
    guard again.bytes == written else { fatalError("writing is not stable") }
}
