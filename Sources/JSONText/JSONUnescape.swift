// A JSON string given as `content` is JSON text itself; here its escapes are undone.

public enum JSONUnescape {
    /// Writes what a valid JSON string (with its quotes) stands for, in big pieces that are valid only inside the call.
    public static func unescape(
        _ string: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows { fatalError() }

    /// The same into `room`, which must have `string.count` bytes and may be the string's own memory; answers how many it took.
    public static func unescape(_ string: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int { fatalError() }
}
