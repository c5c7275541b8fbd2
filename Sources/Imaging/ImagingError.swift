// Errors of ImageMagick, classified by what the caller does about them.

import Glibc

/// A picture operation that failed.
public struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The content is invalid or unsupported.
        case refused
        /// Over a resource limit.
        case tooLarge
        /// ImageMagick does not work under the policy.
        case broken
        /// The disk is full.
        case full
        /// The machine is out of memory, although the limits would allow the job.
        case noMemory
        /// Reading or writing failed for another reason than a full disk.
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
        // The process's own limit (ResourceLimits).
        case EFBIG: .tooLarge
        default: .diskFailed
        }
        self.init(kind, "write \(what): \(String(cString: strerror(code)))")
    }

    public var description: String { because }
}
