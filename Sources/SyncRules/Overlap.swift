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
        /// Something of both, as an array may have.
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

/// The places of one merge, within its limits.
struct OverlapList {
    /// Nil once there are too many to name.
    private(set) var all: [Overlap]? = []
    private var bytes = 0

    mutating func note(
        _ place: DocumentPath, base: TextSlice?, local: TextSlice?, remote: TextSlice?, chosen: Overlap.Chosen
    ) {
        guard let count = all?.count else { return }
        let overlap = Overlap(
            path: place.pointer, place: place.name, base: base, local: local, remote: remote, chosen: chosen)
        bytes += overlap.path.utf8.count + overlap.place.utf8.count
        if count < Merge.overlapLimit, bytes <= Merge.overlapTextLimit {
            all?.append(overlap)
        } else {
            all = nil
        }
    }

    /// The one entry that stands for everything.
    static func wholeDocument(base: HeldText?, head: HeldText, push: HeldText, chosen: Overlap.Chosen) -> Overlap {
        func whole(_ text: HeldText) -> TextSlice { TextSlice(text, 0..<text.bytes.count) }
        return Overlap(
            path: "", place: "", base: base.map(whole), local: whole(push), remote: whole(head), chosen: chosen)
    }
}
