// Errors of an import or export; each message names the remedy.

/// An import or export failed before anything was changed.
public struct TakeoverError: Error, Equatable, CustomStringConvertible {
    public let description: String
    /// Further lines, where one does not suffice.
    public let details: [String]

    init(_ description: String, details: [String] = []) { (self.description, self.details) = (description, details) }
}
