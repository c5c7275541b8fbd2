// What ImageMagick will not do, in the three sorts that its caller acts upon.

/// A picture operation that failed.
public struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The content.
        case refused
        /// A resource limit.
        case tooLarge
        /// ImageMagick does not run under the policy.
        case broken
    }

    public let kind: Kind
    public let because: String

    public init(_ kind: Kind, _ because: String) {
        self.kind = kind
        self.because = because
    }

    public var description: String { because }
}
