// The query of a reading request. Page numbers are clamped; any other invalid value is rejected with the parameter's name.

import Database
import HTTP
import Site
import SyncRules
import SyncStore
import Text

extension Query {
    /// The required `file_key`.
    public var fileKey: FileKey {
        get throws {
            guard let key = first("file_key").flatMap(FileKey.init) else { throw Problem.badField("file_key", first("file_key")) }
            return key
        }
    }

    /// The optional `file_key`.
    public var optionalFileKey: FileKey? {
        get throws { first("file_key").map { !$0.isEmpty } == true ? try fileKey : nil }
    }

    /// A number; nil if the parameter is missing or empty.
    public func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = first(name), !text.isEmpty else { return nil }
        guard let number = Int(text, in: range) else { throw Problem.badField(name, text, mustBe: Int.rule(range)) }
        return number
    }

    /// `page` and `per_page`.
    public var page: Paging { paging(size: 50) }
}
