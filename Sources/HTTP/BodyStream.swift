// A body may be larger than memory, so nothing here ever holds one: whoever wants it pulls it piece by piece.

/// A request body as it comes in; it is read once, from start to end.
public protocol BodyStream: AnyObject {
    /// Fills a part of the buffer and returns how many bytes that is; 0 at the end.
    ///
    /// - Throws: `Problem` when the body ends before its declared length.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
