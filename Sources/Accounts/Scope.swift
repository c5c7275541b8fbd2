// The permissions of an API key, so that a key in a script allows no more than the script needs.

/// One permission of an API key.
public enum Scope: String, CaseIterable, Sendable {
    /// Uploading pictures and videos.
    case upload
    /// Reading the owner's data, private files included.
    case read
    /// The JSON endpoints, reading and writing.
    case json
    /// Reading the numbers of the machine and of the whole site; only a key of an administrator may.
    case metrics

    /// What a key is for where nobody says more.
    public static let usual: Set<Scope> = [.upload, .read, .json]
}

extension Set<Scope> {
    /// The stored form: names with commas between them, in the order of `Scope`.
    public var text: String { Scope.allCases.filter(contains).map(\.rawValue).joined(separator: ",") }

    /// The scopes with these names; nil if the list is empty or a name is unknown.
    public init?(text: String) {
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        let scopes = names.compactMap { Scope(rawValue: String($0)) }
        guard !names.isEmpty, scopes.count == names.count else { return nil }
        self = Set(scopes)
    }
}
