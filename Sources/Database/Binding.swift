// Values are bound to a statement's placeholders and never become part of its text.

/// A value that can be bound to a `?` of a statement.
public protocol Bindable {
    /// The type of its column, also for NULL.
    static var columnType: ColumnType { get }
    var binding: Binding { get }
}

/// The type of a column.
public enum ColumnType: String, Sendable { case integer, real, text, bytes }

/// A value in the form in which the database engine receives it.
public enum Binding: Sendable {
    /// NULL, with the type of its column: some engines need it.
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
