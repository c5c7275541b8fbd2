// libpq, loaded when the first connection is wanted. Its interface has kept the number 5 since 2005.

internal import CPostgreSQL
import Database

/// The functions of libpq. It stays loaded as long as the process runs.
final class Library {
    let functions: imagebed_pq

    static let name = "libpq.so.5"

    /// - Throws: `DatabaseError`, `.unavailable` where the library is not installed.
    init(_ name: String = Library.name) throws {
        var functions = imagebed_pq()
        if let missing = imagebed_pq_load(name, &functions) {
            let message = String(cString: missing)
            throw DatabaseError(.unavailable, message: message,
                                description: "PostgreSQL's client library cannot be used (\(message)): install it (apt install libpq5)")
        }
        self.functions = functions
    }

    /// A text of the library's; empty where it has none.
    static func text(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
