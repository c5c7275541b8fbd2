// What a merge has to tell people: where two sides met, what each had, and what was taken.

import JSONText

/// A place that both sides changed, or that a guessed base might hide.
public struct Overlap {
    /// Which side's value stands in the merged content.
    public enum Chosen: String, Sendable {
        /// The pushed one.
        case local
        /// The head's.
        case remote
        /// An array that took from both.
        case both
    }

    /// A JSON Pointer (RFC 6901) into the merged content: an index counts there. "" is the whole document.
    public let path: String
    /// The same place whatever the order of arrays: elements with an identity are named by it (`/list/id="a"`).
    public let place: String
    /// The value before both changes; nil when there was none (or no base).
    public let base: TextSlice?
    /// The pushed value; nil when it was deleted.
    public let local: TextSlice?
    /// The head's value; nil when it was deleted.
    public let remote: TextSlice?
    public let chosen: Chosen
    /// Whether the merged content holds the head's value here.
    public var keepsHead: Bool { chosen == .remote }
}
