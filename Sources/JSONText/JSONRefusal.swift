// Parse errors carry one reason and one offset, so that a client can find the byte that its serializer got wrong.

/// The first violation of RFC 8259 or of the limits of this parser.
public struct JSONRefusal: Error, Equatable, Sendable {
    /// The kind of error; the raw value is a phrase for people.
    public enum Reason: String, Sendable {
        case empty = "the text is empty"
        case byteOrderMark = "a byte order mark is not allowed"
        case unexpectedByte = "this byte cannot stand here"
        case unexpectedEnd = "the text ends too early"
        case trailingText = "there is text behind the value"
        case badNumber = "this is no number"
        case badEscape = "this is no escape"
        case controlCharacter = "a control character in a string must be escaped"
        case badUTF8 = "this is no UTF-8"
        case loneSurrogate = "a surrogate stands alone"
        case duplicateKey = "the key occurs twice in one object"
        case tooDeep = "the nesting is too deep"
        case tooLong = "the text is too long"
        case tooManyMembers = "the object has too many members"
        case notAnObject = "an object was expected"
        case notMinified = "white space was not expected"
    }

    public let reason: Reason
    /// Byte offset from the start of the text.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The message for the log or for the detail of a response.
    public var because: String { "\(reason.rawValue) (byte \(offset))" }
}

/// The type of a JSON value.
public enum JSONKind: String, Sendable {
    case object, array, string, number, bool, null

    init(firstByte byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        default: self = .number
        }
    }
}
