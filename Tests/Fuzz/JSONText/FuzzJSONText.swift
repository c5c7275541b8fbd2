// The libFuzzer target for the JSON scanner: minifying, cutting requests, undoing escapes, and the tree.
// `Tests/Fuzz/run 60 JSONText` builds and runs it. What it finds is a trap, a bad access, a time-out, or a broken promise.

import JSONText

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONText(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: data, count: size)
    let minified = try? JSONMinifier.minified(text)
    if let minified { checkMinified(minified, of: text) }
    if let slices = try? JSONObjectSlices(text, minifying: "content") { checkSlices(slices) }
    return 0
}

/// What was accepted once is accepted again, without change, and has a tree.
private func checkMinified(_ minified: [UInt8], of text: UnsafeRawBufferPointer) {
    guard (try? minified.withUnsafeBytes { try JSONMinifier.minified($0) }) == minified else { fatalError("minifying is not stable") }
    guard let tree = try? JSONTree.build(HeldText(minified), nodeLimit: .max), tree.range(0) == 0..<minified.count else {
        fatalError("no tree of \(minified.count) bytes")
    }
    guard String(validating: text, as: UTF8.self) != nil else { fatalError("no UTF-8 was accepted") }
}

/// A content that came with the request is what the minifier makes of it, and a string in it is text.
private func checkSlices(_ slices: JSONObjectSlices) {
    guard let content = slices["content"] else { return }
    if let string = content.string {
        var decoded: [UInt8] = []
        JSONUnescape.unescape(content.bytes) { decoded += $0 }
        guard String(validating: decoded, as: UTF8.self) == string else { fatalError("a string became no UTF-8") }
    } else if (try? JSONMinifier.minified(content.bytes)) == nil {
        fatalError("a content was cut wrongly")
    }
}
