// An SVG has no signature: it is XML with the root element `svg`. This skips what may precede the root, within the first
// few kilobytes; whether the document is well-formed and safe is checked later by an XML parser.

/// Finds the root element of a text that may be SVG.
struct SVGPreamble {
    private var rest: Slice<UnsafeRawBufferPointer>

    /// Whether the bytes begin as an SVG document in UTF-8 or another superset of ASCII.
    static func announcesSVG(_ leading: UnsafeRawBufferPointer) -> Bool {
        var preamble = SVGPreamble(rest: leading[...])
        return preamble.findsRoot()
    }

    private mutating func findsRoot() -> Bool {
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while true {
            rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard rest.first == UInt8(ascii: "<") else { return false }
            if begins("<!--") {
                guard skip(behind: "-->") else { return false }
            } else if begins("<?xml") || begins("<?xpacket") {
                guard skip(behind: "?>") else { return false }
            } else if begins("<!DOCTYPE") {
                guard skipDoctype() else { return false }
            } else {
                return isRoot()
            }
        }
    }

    /// `<svg` or `<prefix:svg`, followed by the end of the name.
    private func isRoot() -> Bool {
        let name = rest.dropFirst().prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
        guard name.count <= 64, rest.count > name.count + 1 else { return false }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[(name.index(after: $0))...] } ?? name[...]
        return local.elementsEqual("svg".utf8) && name.allSatisfy { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "?") }
    }

    /// A document type ends at `>`, or after the internal subset in brackets; quoted texts may contain both.
    private mutating func skipDoctype() -> Bool {
        var quote: UInt8?
        var inSubset = false
        for index in rest.indices {
            let byte = rest[index]
            switch byte {
            case quote: quote = nil
            case _ where quote != nil: continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["): inSubset = true
            case UInt8(ascii: "]"): inSubset = false
            case UInt8(ascii: ">") where !inSubset:
                rest = rest[rest.index(after: index)...]
                return true
            default: continue
            }
        }
        return false
    }

    private func begins(_ text: StaticString) -> Bool {
        UnsafeRawBufferPointer(rebasing: rest).holds(text)
    }

    /// Skips to the end of the next occurrence of `text`; false if there is none.
    private mutating func skip(behind text: StaticString) -> Bool {
        let bytes = UnsafeRawBufferPointer(rebasing: rest)
        let length = text.utf8CodeUnitCount
        guard let found = bytes.indices.first(where: { bytes.holds(text, at: $0) }) else { return false }
        rest = rest.dropFirst(found + length)
        return true
    }
}
