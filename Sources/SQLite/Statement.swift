// A prepared statement and what flows through it. Values go in bound, never as text of the statement; a row is a view of the
// statement's current position, so it is used inside the closure that received it.

internal import CSQLite

/// A value that can stand for a `?` of a statement.
public protocol Bindable {
    var binding: Binding { get }
}

/// The five storage classes of SQLite.
public enum Binding: Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension Int: Bindable { public var binding: Binding { .integer(Int64(self)) } }
extension Int64: Bindable { public var binding: Binding { .integer(self) } }
extension Bool: Bindable { public var binding: Binding { .integer(self ? 1 : 0) } }
extension Double: Bindable { public var binding: Binding { .real(self) } }
extension String: Bindable { public var binding: Binding { .text(self) } }
extension Array: Bindable where Element == UInt8 { public var binding: Binding { .blob(self) } }
extension Optional: Bindable where Wrapped: Bindable {
    public var binding: Binding { map { $0.binding } ?? .null }
}

/// One prepared statement, finalised with its owner.
final class Statement {
    let handle: OpaquePointer
    private let text: String
    private unowned let connection: Connection
    private(set) var isRunning = false

    init(_ text: String, in connection: Connection) throws {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw connection.failure(in: text) }
        handle = prepared
        self.text = text
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ values: [any Bindable]) throws {
        precondition(values.count == Int(sqlite3_bind_parameter_count(handle)), "values do not fit: \(text)")
        isRunning = true
        for (index, value) in values.enumerated() {
            guard bind(value.binding, at: Int32(index + 1)) == SQLITE_OK else { throw connection.failure(in: text) }
        }
    }

    private func bind(_ value: Binding, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .text(var text): return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                guard let start = $0.baseAddress else { return imagebed_bind_text(handle, index, "", 0) }
                return imagebed_bind_text(handle, index, start, Int32($0.count))
            }
        }
        case .blob(let bytes): return bytes.withUnsafeBytes {
            imagebed_bind_blob(handle, index, $0.baseAddress, Int32($0.count))
        }
        }
    }

    /// Moves to the next row; false at the end.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.failure(in: text)
        }
    }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        isRunning = false
    }
}

/// The current row of a query; columns count from 0.
public struct Row {
    let statement: Statement

    public func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement.handle, Int32(column)) == SQLITE_NULL }

    /// An integer; 0 for NULL.
    public func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(statement.handle, Int32(column))) }

    public func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

    public func optionalReal(_ column: Int) -> Double? {
        isNull(column) ? nil : sqlite3_column_double(statement.handle, Int32(column))
    }

    /// A text; empty for NULL.
    public func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(statement.handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement.handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// Bytes; none for NULL.
    public func blob(_ column: Int) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement.handle, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement.handle, Int32(column)))))
    }
}
