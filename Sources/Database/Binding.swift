// Values go into a statement bound, never as text of it.

/// A value that can stand for a `?` of a statement.
public protocol Bindable {
    /// What its column holds, also where there is no value.
    static var columnType: ColumnType { get }
    var binding: Binding { get }
}

/// What a column holds.
public enum ColumnType: String, Sendable { case integer, real, text, bytes }

/// A value as it is handed to the engine.
public enum Binding: Sendable {
    /// No value, in the place of one of this type: an engine may have to know it.
    case null(ColumnType)
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

extension Int: Bindable {
    public static var columnType: ColumnType { .integer }
    public var binding: Binding { .integer(Int64(self)) }
}

extension Int64: Bindable {
    public static var columnType: ColumnType { .integer }
    public var binding: Binding { .integer(self) }
}

extension Bool: Bindable {
    public static var columnType: ColumnType { .integer }
    public var binding: Binding { .integer(self ? 1 : 0) }
}

extension Double: Bindable {
    public static var columnType: ColumnType { .real }
    public var binding: Binding { .real(self) }
}

extension String: Bindable {
    public static var columnType: ColumnType { .text }
    public var binding: Binding { .text(self) }
}

extension Array: Bindable where Element == UInt8 {
    public static var columnType: ColumnType { .bytes }
    public var binding: Binding { .bytes(self) }
}

extension Optional: Bindable where Wrapped: Bindable {
    public static var columnType: ColumnType { Wrapped.columnType }
    public var binding: Binding { map { $0.binding } ?? .null(Wrapped.columnType) }
}

/// An enumeration is stored as its raw value.
extension Bindable where Self: RawRepresentable, RawValue: Bindable {
    public static var columnType: ColumnType { RawValue.columnType }
    public var binding: Binding { rawValue.binding }
}
