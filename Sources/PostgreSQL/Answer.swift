// What the server answered, whole in memory, so that a statement may run while the rows of another one are read. Values are in binary form
// (https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES).

internal import CPostgreSQL
import Database

/// The rows of an answer and the row that is read.
final class Answer: Cursor {
    private let library: Library
    private let handle: OpaquePointer
    private let types: [UInt32]
    private var row: Int32 = -1

    /// - Parameter handle: is cleared with its owner.
    init(_ handle: OpaquePointer, of library: Library) {
        (self.library, self.handle) = (library, handle)
        types = (0..<library.functions.column_count(handle)).map { library.functions.column_type(handle, $0) }
        super.init()
    }

    deinit { library.functions.clear(handle) }

    /// Whether the statement failed.
    var isFailure: Bool {
        switch library.functions.result_status(handle) {
        case Answer.commandDone, Answer.rows: false
        default: true
        }
    }

    private static let commandDone: Int32 = 1
    private static let rows: Int32 = 2

    /// "COMMIT", "INSERT 0 1".
    var command: String { Library.text(library.functions.command_status(handle)) }

    /// The rows that the statement changed.
    var changes: Int { Int(Library.text(library.functions.command_tuples(handle))) ?? 0 }

    /// A part of an error; empty where the server does not tell it.
    func part(_ field: ErrorField) -> String {
        Library.text(library.functions.result_error_field(handle, Int32(field.rawValue)))
    }

    /// The parts of an error; these hold no values of rows, while its detail does.
    enum ErrorField: UInt8 {
        case state = 0x43, message = 0x4D
    }

    /// Goes to the next row; false at the end.
    func next() -> Bool {
        row += 1
        return row < library.functions.row_count(handle)
    }

    private func value(_ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: library.functions.value(handle, row, Int32(column)),
                               count: Int(library.functions.length(handle, row, Int32(column))))
    }

    override func isNull(_ column: Int) -> Bool { library.functions.is_null(handle, row, Int32(column)) != 0 }

    override func integer(_ column: Int) -> Int {
        guard !isNull(column) else { return 0 }
        let bytes = value(column)
        switch types[column] {
        case TypeNumber.boolean: return Int(bytes.first ?? 0)
        case TypeNumber.shortInteger: return Int(Int16(truncatingIfNeeded: bytes.bits))
        case TypeNumber.middleInteger: return Int(Int32(truncatingIfNeeded: bytes.bits))
        case TypeNumber.integer: return Int(truncatingIfNeeded: bytes.bits)
        case TypeNumber.numeric: return Int(clamping: Numeric(bytes).integer)
        case TypeNumber.real, TypeNumber.single: return Int(real(column))
        default: return Int(text(column)) ?? 0
        }
    }

    override func real(_ column: Int) -> Double {
        guard !isNull(column) else { return 0 }
        switch types[column] {
        case TypeNumber.real: return Double(bitPattern: value(column).bits)
        case TypeNumber.single: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: value(column).bits)))
        case TypeNumber.numeric: return Numeric(value(column)).real
        default: return Double(integer(column))
        }
    }

    override func text(_ column: Int) -> String {
        guard !isNull(column) else { return "" }
        switch types[column] {
        case TypeNumber.boolean, TypeNumber.shortInteger, TypeNumber.middleInteger, TypeNumber.integer, TypeNumber.numeric:
            return String(integer(column))
        case TypeNumber.real, TypeNumber.single: return String(real(column))
        default: return String(decoding: value(column), as: UTF8.self)
        }
    }

    override func bytes(_ column: Int) -> [UInt8] { isNull(column) ? [] : Array(value(column)) }
}

extension UnsafeRawBufferPointer {
    /// Up to eight bytes as a number, the highest first.
    fileprivate var bits: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}
