/// Why the virtual hosts of a site cannot be taken over; the message names the remedy. Nothing was changed.
public struct OldSiteError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
