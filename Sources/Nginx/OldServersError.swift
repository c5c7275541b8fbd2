/// Why the place of a site cannot be taken.
public struct OldServersError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
