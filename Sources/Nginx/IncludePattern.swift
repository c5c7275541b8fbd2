/// A pattern of an include for all files of one folder whose names begin and end in a certain way: "/etc/nginx/conf.d/*.conf".
struct IncludePattern {
    /// With a slash at its end.
    let folder: String
    private let start: Substring
    let end: String

    /// nil for other patterns, and for paths without one.
    init?(_ path: String) {
        folder = Dump.folder(of: path)
        let parts = path.dropFirst(folder.count).split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count == 2, !folder.contains("*"), !path.contains(where: { "?[".contains($0) }) else { return nil }
        (start, end) = (parts[0], String(parts[1]))
    }

    /// The path of a file of this name.
    func path(_ name: String) -> String { "\(folder)\(start)\(name)\(end)" }
}
