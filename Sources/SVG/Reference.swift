// A reference inside an SVG may point into the document itself or embed a raster picture. A link that a visitor can follow may also lead
// to another site: nothing is loaded from there before.

import Text

enum Reference {
    private static let pictures: [StaticString] = [
        "data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp",
    ]

    private static let programs: [StaticString] = ["javascript:", "vbscript:", "livescript:"]

    private static let links: [StaticString] = ["https://", "http://", "mailto:"]

    /// - Throws: `SVGRefusal` unless the reference is empty, a fragment, an embedded raster picture, or a link of `a` to a site or an address.
    static func check(_ value: [UInt8], isLink: Bool) throws {
        let reference = plain(value.prefix(64))
        guard isHarmless(reference) || isLink && links.contains(where: { starts(reference[...], with: $0) }) else {
            throw SVGRefusal("reference \(shown(value))")
        }
    }

    static func isHarmless(_ reference: [UInt8]) -> Bool {
        guard let first = reference.first, first != UInt8(ascii: "#") else { return true }
        return isEmbedded(reference, as: pictures)
    }

    /// Whether it is a data URI of one of these types, followed by a parameter or the data.
    static func isEmbedded(_ reference: [UInt8], as types: [StaticString]) -> Bool {
        types.contains { type in
            guard reference.count > type.utf8CodeUnitCount, starts(reference[...], with: type) else { return false }
            let next = reference[type.utf8CodeUnitCount]
            return next == UInt8(ascii: ";") || next == UInt8(ascii: ",")
        }
    }

    /// - Throws: `SVGRefusal` if the value contains a script scheme anywhere, such as in an animation's list of values.
    static func checkNoProgram(_ value: [UInt8]) throws {
        guard value.contains(UInt8(ascii: ":")) else { return }
        let text = plain(value)
        guard !programs.contains(where: { contains(text, $0) }) else { throw SVGRefusal("program in an attribute") }
    }

    /// Lower case and without white space and control characters, which URL parsers skip (WHATWG URL, 4.4).
    static func plain(_ value: some Sequence<UInt8>) -> [UInt8] {
        value.compactMap { byte in
            switch byte {
            case 0...0x20, 0x7F: nil
            default: byte.lowercased
            }
        }
    }

    static func starts(_ text: ArraySlice<UInt8>, with word: StaticString) -> Bool {
        text.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    static func contains(_ text: [UInt8], _ word: StaticString) -> Bool {
        let first = word.utf8Start.pointee
        return text.indices.contains { text[$0] == first && starts(text[$0...], with: word) }
    }

    private static func shown(_ value: [UInt8]) -> String { String(decoding: value.prefix(60), as: UTF8.self) }
}
