// Line ends and indentation for people. Every token stays as it is: no number is respelt.

/// Indents minified JSON text, which comes in pieces, up to a number of bytes.
public struct JSONIndenter {
    /// What was written. If it was cut, its end may be within a character.
    public private(set) var text: [UInt8] = []
    /// Whether there is more than the limit takes.
    public private(set) var isCut = false
    private let limit: Int
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether the last byte opened an array or an object, which may be empty.
    private var isOpening = false

    public init(limit: Int) { self.limit = limit }

    /// Goes on with the next bytes.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if text.count == limit { return isCut = true }
            if isInString { addInString(byte) } else { addToken(byte) }
            guard text.count <= limit else {
                text.removeLast(text.count - limit)
                return isCut = true
            }
        }
    }

    private mutating func addInString(_ byte: UInt8) {
        text.append(byte)
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }

    private mutating func addToken(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if !isOpening { addLineEnd() }
            isOpening = false
            text.append(byte)
        case UInt8(ascii: ","):
            text.append(byte)
            addLineEnd()
        case UInt8(ascii: ":"): text += [byte, UInt8(ascii: " ")]
        default: addStart(byte)
        }
    }

    /// The first byte of a value or of a key, or another byte of a number or a word.
    private mutating func addStart(_ byte: UInt8) {
        if isOpening { addLineEnd() }
        isOpening = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
        if isOpening { depth += 1 }
        isInString = byte == UInt8(ascii: "\"")
        text.append(byte)
    }

    private mutating func addLineEnd() {
        text.append(UInt8(ascii: "\n"))
        text += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }
}
