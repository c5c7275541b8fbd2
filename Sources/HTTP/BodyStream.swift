// A body may be larger than memory, so it is never held as a whole: the consumer reads it piece by piece.

/// A request body, read once, from start to end.
public protocol BodyStream: AnyObject {
    /// Fills part of the buffer and returns the number of bytes; 0 at the end.
    ///
    /// - Throws: `Problem` if the body ends before its declared length.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
