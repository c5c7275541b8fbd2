// A reported overlap: the place, the value of each side, and the value in the result.

import JSONText

/// A place that both sides changed, or where a guessed base may hide a change.
public struct Overlap {
    /// Whose value is in the merged content.
    public enum Chosen: String, Sendable {
        /// The pushed one.
        case local
        /// The head's.
        case remote
        /// Parts of both, for arrays.
        case both
    }

    /// A JSON Pointer (RFC 6901) into the merged content, with indices of the merged arrays. "" is the whole document.
    public let path: String
    /// The same place independent of array order: elements with an identity are named by it (`/list/id="a"`).
    public let place: String
    /// The value before both changes; nil if there was none (or no base).
    public let base: TextSlice?
    /// The pushed value; nil if it was deleted.
    public let local: TextSlice?
    /// The head's value; nil if it was deleted.
    public let remote: TextSlice?
    public let chosen: Chosen
    /// Whether the merged content has the head's value here.
    public var keepsHead: Bool { chosen == .remote }
}

/// The overlaps of one merge, within the limits.
struct OverlapList {
    /// nil once there are too many to list.
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

    /// The single entry that replaces all others.
    static func wholeDocument(base: HeldText?, head: HeldText, push: HeldText, chosen: Overlap.Chosen) -> Overlap {
        func whole(_ text: HeldText) -> TextSlice { TextSlice(text, 0..<text.bytes.count) }
        return Overlap(
            path: "", place: "", base: base.map(whole), local: whole(push), remote: whole(head), chosen: chosen)
    }
}
