// What a key may do. A key that sits in a script on somebody's desktop should be able to do what that script does, no more.

/// One kind of thing that an API key allows.
public enum Scope: String, CaseIterable, Sendable {
    /// Uploading pictures and videos.
    case upload
    /// Reading what is the owner's own, private files included.
    case read
    /// The JSON endpoints, reading and writing.
    case json
}

extension Set<Scope> {
    /// The stored form: names with commas between them, in the order of `Scope`.
    public var text: String { Scope.allCases.filter(contains).map(\.rawValue).joined(separator: ",") }

    /// The scopes that these names mean, or nil when there is none or an unknown one.
    public init?(text: String) {
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        let scopes = names.compactMap { Scope(rawValue: String($0)) }
        guard !names.isEmpty, scopes.count == names.count else { return nil }
        self = Set(scopes)
    }
}
