// The libFuzzer target for the merge. An input is three lines, base, head and push (JSON has no line feed once minified);
// without a third line there is no base. `Tests/Fuzz/run 60 SyncRules` builds and runs it.

import JSONText
import SyncRules

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSyncRules(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let lines = UnsafeRawBufferPointer(start: data, count: size).split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    let texts = lines.compactMap { line in try? JSONMinifier.minified(UnsafeRawBufferPointer(rebasing: line)) }
    guard texts.count == lines.count, texts.count > 1 else { return 0 }
    check(base: texts.count == 3 ? texts[0] : nil, head: texts[texts.count - 2], push: texts[texts.count - 1])
    return 0
}

private func merge(_ base: [UInt8]?, _ head: [UInt8], _ push: [UInt8], _ prefer: Merge.Preference = .push) -> (Merge, [UInt8]) {
    do {
        let merge = try Merge.threeWay(base: base.map { HeldText($0) }, head: HeldText(head), push: HeldText(push), prefer: prefer)
        return (merge, merge.merged?.bytes ?? push)
    } catch {
        fatalError("a merge of valid texts failed: \(error)")
    }
}

private func hash(_ text: [UInt8]) -> UInt64 {
    guard let tree = try? JSONTree.build(HeldText(text), nodeLimit: .max) else {
        fatalError("a merge became no JSON: \(String(decoding: text, as: UTF8.self))")
    }
    return tree.hash(0)
}

private func check(base: [UInt8]?, head: [UInt8], push: [UInt8]) {
    let (ours, result) = merge(base, head, push)
    _ = hash(result)
    _ = hash(merge(base, head, push, .head).1)
    for overlap in ours.overlaps where overlap.local == nil && overlap.remote == nil { fatalError("an overlap of nothing") }
    let (theirs, _) = merge(base, push, head)
    guard ours.clean == theirs.clean else { fatalError("who came first decides whether there is an overlap") }
    guard let base else { return }
    guard hash(merge(base, head, base).1) == hash(head) else { fatalError("a change of the head was lost") }
    guard hash(merge(base, base, push).1) == hash(push) else { fatalError("a change of the push was lost") }
    guard hash(merge(base, head, head).1) == hash(head) else { fatalError("equal sides became something else") }
    _ = try? Merge.changedPaths(from: HeldText(base), to: HeldText(push))
}
