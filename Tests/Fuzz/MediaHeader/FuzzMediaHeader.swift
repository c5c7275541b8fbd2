// The libFuzzer target for everything that looks into uploaded files: recognition, the readers of all types, and stripping.
// `Tests/Fuzz/MediaHeader/build OUT` makes the program; `SWIFT_BACKTRACE=enable=no OUT/fuzz-media-header OUT/corpus
// Tests/Fuzz/MediaHeader/seeds` runs it (without Swift's own backtrace, which address sanitizer trips over).
// What it finds is a trap, a leak, a bad access, a time-out, or a broken promise of the two checks below.

import Media
import MediaHeader
import Text

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMediaHeader(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let source = MemorySource(Array(UnsafeBufferPointer(start: data, count: size)))
    let facts = try? MediaHeader.read(source, nameHint: "a.tga")
    var stripped: [UInt8] = []
    if (try? MetadataStripper.strip(source, into: { stripped += $0 })) == true {
        checkStripped(stripped, of: facts)
    }
    return 0
}

/// Stripping twice is stripping once; and where nothing points into the file by offsets, the facts stay.
private func checkStripped(_ bytes: [UInt8], of facts: MediaFacts?) {
    guard let facts, [.jpeg, .png, .gif, .webp].contains(facts.type) else { return }
    guard let after = try? MediaHeader.read(MemorySource(bytes)), after == facts else {
        fatalError("stripping changed the facts of a \(facts.type)")
    }
    if (try? MetadataStripper.strip(MemorySource(bytes), into: { _ in })) != false {
        fatalError("stripping a \(facts.type) again found something")
    }
}
