// Why a site cannot be taken over, or not be given back: each message says what to do.

/// A refusal of an import or an export; nothing was changed before it.
public struct TakeoverError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
