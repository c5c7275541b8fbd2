// The values of a statement as libpq takes them: numbers and texts as texts, which end with a zero, and bytes as they are.

import Database

/// The numbers by which PostgreSQL knows the types that this project's statements have (its table `pg_type`).
enum TypeNumber {
    static let boolean: UInt32 = 16
    static let bytes: UInt32 = 17
    static let integer: UInt32 = 20
    static let shortInteger: UInt32 = 21
    static let middleInteger: UInt32 = 23
    static let text: UInt32 = 25
    static let single: UInt32 = 700
    static let real: UInt32 = 701
    static let numeric: UInt32 = 1700
}

/// Values in one piece of memory, with the places where they begin.
struct Parameters {
    private(set) var types: [UInt32] = []
    private(set) var lengths: [Int32] = []
    private(set) var formats: [Int32] = []
    private var memory: [UInt8] = []
    /// nil: NULL.
    private var places: [Int?] = []

    init(_ values: [any Bindable]) {
        for value in values { append(value.binding) }
    }

    var count: Int32 { Int32(types.count) }

    private mutating func append(_ value: Binding) {
        switch value {
        case .null(let type): append(nil, of: Parameters.number(of: type))
        case .integer(let number): append(Array(String(number).utf8), of: TypeNumber.integer)
        case .real(let number): append(Array(String(number).utf8), of: TypeNumber.real)
        case .text(let text): append(Parameters.withoutZeros(text), of: TypeNumber.text)
        case .bytes(let bytes): append(bytes, of: TypeNumber.bytes)
        }
    }

    private mutating func append(_ bytes: [UInt8]?, of type: UInt32) {
        types.append(type)
        formats.append(type == TypeNumber.bytes ? 1 : 0)
        lengths.append(Int32(bytes?.count ?? 0))
        places.append(bytes == nil ? nil : memory.count)
        memory += bytes ?? []
        memory.append(0)
    }

    private static func number(of type: ColumnType) -> UInt32 {
        switch type {
        case .integer: TypeNumber.integer
        case .real: TypeNumber.real
        case .text: TypeNumber.text
        case .bytes: TypeNumber.bytes
        }
    }

    /// PostgreSQL's texts hold no U+0000; U+FFFD stands for it.
    private static func withoutZeros(_ text: String) -> [UInt8] {
        guard text.utf8.contains(0) else { return Array(text.utf8) }
        return text.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
    }

    /// Calls `body` with the places of the values, which are valid in there.
    func withPlaces<Value>(_ body: ([UnsafePointer<CChar>?]) -> Value) -> Value {
        memory.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(places.map { place in place.flatMap { start?.advanced(by: $0) } })
        }
    }
}
