// The words that say where a server is, as libpq understands them: "host=db1,db2 dbname=imagebed", or an address postgresql://….

internal import CPostgreSQL
import Database

/// Where a server with a database is.
public struct ServerWords: Sendable {
    private let values: [String: String]
    /// The number of libpq's release: 150014 for 15.14.
    public let libraryVersion: Int

    /// Loads libpq.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` where libpq is not installed, or does not understand the words.
    public init(_ text: String) throws {
        let library = try Library()
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = library.functions.parse_words(text, &complaint) else {
            let message = Library.text(complaint).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if let complaint { library.functions.free_memory(complaint) }
            throw DatabaseError(.unavailable, message: message, description: "libpq does not understand where the database is (\(message))")
        }
        defer { library.functions.free_options(options) }
        var (values, option) = ([String: String](), options)
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.value { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        (self.values, libraryVersion) = (values, Int(library.functions.library_version()))
    }

    private func list(_ keyword: String) -> [String] {
        values[keyword].map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    }

    /// The names and addresses of machines; none where the connection goes through a socket.
    public var hosts: [String] { (list("hostaddr") + list("host")).filter { !$0.isEmpty && !$0.hasPrefix("/") && !$0.hasPrefix("@") } }

    /// The folders of sockets; none where libpq's own is meant.
    public var socketFolders: [String] { list("host").filter { $0.hasPrefix("/") } }

    /// Whether there are several servers, one of which takes writes.
    public var areMany: Bool { max(list("hostaddr").count, list("host").count) > 1 }

    /// Whether libpq looks for the server that takes writes.
    public var asksForWriter: Bool { ["read-write", "primary"].contains(values["target_session_attrs"]) }

    /// The database's name; nil where it is the user's.
    public var database: String? { values["dbname"] }
}
