/// What becomes of a directive.
enum Handling: Equatable {
    /// It stands in the new block too, in these lines.
    case taken([String])
    /// The new site does the same, or has another way; not worth a word.
    case dropped
    /// It has no effect on the new site; the operator is told.
    case noted
    /// Its effect would be lost: these lines in the new block have it again.
    case open([String])
}
