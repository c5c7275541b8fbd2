// A prepared statement, its bound values and its current row.

internal import CSQLite
import Database

/// A prepared statement, finalized at deinit.
final class Statement: Cursor {
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
        super.init()
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
        case .bytes(let bytes): return bytes.withUnsafeBytes {
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

    // Columns of the current row

    override func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    override func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

    override func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    override func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    override func bytes(_ column: Int) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }
}
