// Errors of an import or export; each message names the remedy.

/// An import or export failed before anything was changed.
public struct TakeoverError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
