// A merged document is a list of pieces of the documents that it came from; it is written once, where it is to be stored.

import JSONText

/// The content that a merge made, minified, as pieces of the merged texts.
public struct MergedText {
    /// Bytes in all; may be more than the limit of a content.
    public let count: Int
    /// Hands out the bytes in order, in big pieces that are valid only inside the call.
    public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows { fatalError() }
    public var bytes: [UInt8] { fatalError() }
}
