// What ImageMagick will not do, in the sorts that its caller acts upon.

import Glibc

/// A picture operation that failed.
public struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The content.
        case refused
        /// A resource limit.
        case tooLarge
        /// ImageMagick does not run under the policy.
        case broken
        /// No space for what is written.
        case full
        /// The machine has no memory, though the limits would allow it.
        case noMemory
        /// What is read or written cannot be, for want of anything but space.
        case diskFailed
    }

    public let kind: Kind
    public let because: String

    public init(_ kind: Kind, _ because: String) {
        self.kind = kind
        self.because = because
    }

    /// A write that failed (errno).
    public init(writing what: String, code: Int32) {
        let kind: Kind = switch code {
        case ENOSPC, EDQUOT: .full
        // The limit of the process (ResourceLimits).
        case EFBIG: .tooLarge
        default: .diskFailed
        }
        self.init(kind, "write \(what): \(String(cString: strerror(code)))")
    }

    public var description: String { because }
}
