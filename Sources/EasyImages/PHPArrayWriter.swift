// EasyImages' formatting, byte for byte: tabs, line ends, unquoted numbers.

import Text

enum PHPArrayWriter {
    static func write(_ file: PHPArrayFile) -> [UInt8] {
        var bytes = Array("<?php\r\n$\(file.variable)=".utf8)
        write(file.array, depth: 1, into: &bytes)
        bytes.append(UInt8(ascii: ";"))
        return bytes
    }

    private static func write(_ array: PHPArray, depth: Int, into bytes: inout [UInt8]) {
        let tabs = [UInt8](repeating: UInt8(ascii: "\t"), count: depth)
        bytes += Array("Array\n".utf8) + tabs + Array("(\n".utf8)
        for (index, item) in array.items.enumerated() {
            if index > 0 { bytes += Array(",\n".utf8) }
            bytes += tabs
            // PHP converts numeric keys to integers.
            if item.key.integer == nil { quote(item.key, into: &bytes) } else { bytes += item.key.bytes }
            bytes += Array("=>".utf8)
            if case .array(let inner) = item.value {
                write(inner, depth: depth + 1, into: &bytes)
            } else {
                write(item.value.bytes ?? "", into: &bytes)
            }
        }
        bytes += [UInt8(ascii: "\n")] + tabs + [UInt8(ascii: ")")]
    }

    private static func write(_ scalar: ByteText, into bytes: inout [UInt8]) {
        if isBare(scalar.bytes) { bytes += scalar.bytes } else { quote(scalar, into: &bytes) }
    }

    /// Maximum bytes of a number without quotes, including its sign.
    private static let bareLength = 12

    private static func isBare(_ bytes: [UInt8]) -> Bool {
        // As in EasyImages' writer, a line break at the end is allowed.
        let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
        guard !digits.isEmpty, text.count <= bareLength, digits.allSatisfy(\.isDigit) else { return false }
        return digits.count == 1 || digits.first != UInt8(ascii: "0")
    }

    private static func quote(_ text: ByteText, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "'"))
        for byte in text.bytes {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "'"))
    }
}
