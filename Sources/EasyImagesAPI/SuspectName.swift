// Old programs stored names in whatever encoding their clients had, so a name in this folder need not be text. A page shows its bytes, and
// a form sends them back.

import Media
import Text

/// The name of a file in the folder of suspected pictures.
public struct SuspectName: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// As `field` has it.
    public init(field: String) { self.init(bytes: PercentCoding.decode(field.utf8)) }

    /// Whether a file in the folder can have it; hidden files are none of them.
    var isName: Bool {
        bytes.first.map { $0 != UInt8(ascii: ".") } ?? false && bytes.count <= StoredPath.maximumPartLength && !bytes.contains(UInt8(ascii: "/"))
            && !bytes.contains(0)
    }

    /// For forms and addresses of pages: the name itself, or percent-encoded if a stored file could not have it.
    public var field: String {
        if let plain, !plain.utf8.contains(UInt8(ascii: "%")) { return plain }
        return PercentCoding.encode(bytes: bytes, butNot: PercentCoding.isUnreserved)
    }

    /// For people: the name itself, or its bytes.
    public var description: String { plain ?? field }

    /// A name that a stored file can have: this one; or what it is in GBK, without the characters that no file may have.
    var storable: String {
        if let plain { return plain }
        return String(String.UnicodeScalarView(ClientName(bytes: bytes).text.unicodeScalars.map { $0.value == 0xFFFD ? "_" : $0 }))
    }

    private var plain: String? {
        String(validating: bytes, as: UTF8.self).flatMap { StoredPath($0) == nil ? nil : $0 }
    }
}
