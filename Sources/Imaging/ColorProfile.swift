// ICC profiles (ICC.1:2022), read only as far as it takes to decide what becomes of one. Names and descriptions in a profile say nothing:
// phones write "Display P3 Gamut with sRGB Transfer", and drawing programs "Linear sRGB".

/// A color profile.
struct ColorProfile {
    enum Space { case rgb, gray, cmyk, other }

    let bytes: [UInt8]
    let space: Space
    private let content: ProfileBytes

    /// nil if the bytes are no profile.
    init?(_ bytes: [UInt8]) {
        content = ProfileBytes(bytes[...])
        guard content.name(at: 36) == "acsp", let tags = content.number32(at: 128), tags <= ColorProfile.mostTags else { return nil }
        self.bytes = bytes
        space = switch content.name(at: 16) {
        case "RGB ": .rgb
        case "GRAY": .gray
        case "CMYK": .cmyk
        default: .other
        }
    }

    /// Real profiles have about 20.
    private static let mostTags = 200

    /// Primaries of sRGB, adapted to the profile connection space (D50).
    private static let primaries: [(tag: String, xyz: [Double])] = [
        ("rXYZ", [0.43607, 0.22249, 0.01392]), ("gXYZ", [0.38515, 0.71687, 0.09708]), ("bXYZ", [0.14307, 0.06061, 0.71410]),
    ]

    /// Whether primaries and curves are those of sRGB, which viewers assume without a profile. One with lookup tables counts as another.
    var isSRGB: Bool {
        guard space == .rgb, content.name(at: 20) == "XYZ ", element("A2B0") == nil, element("D2B0") == nil else { return false }
        let hasPrimaries = ColorProfile.primaries.allSatisfy { tag, wanted in
            guard let element = element(tag), element.name(at: 0) == "XYZ " else { return false }
            return (0..<3).allSatisfy { place in element.fixed(at: 8 + 4 * place).map { abs($0 - wanted[place]) < 0.003 } ?? false }
        }
        return hasPrimaries && ["rTRC", "gTRC", "bTRC"].allSatisfy { element($0).flatMap(ToneCurve.init)?.isSRGB ?? false }
    }

    /// The data of a tag.
    private func element(_ tag: String) -> ProfileBytes? {
        for place in 0..<(content.number32(at: 128) ?? 0) {
            let entry = 132 + 12 * place
            guard content.name(at: entry) == tag, let offset = content.number32(at: entry + 4), let size = content.number32(at: entry + 8)
            else { continue }
            return content.part(at: offset, size)
        }
        return nil
    }
}

/// Big-endian fields of a profile; nil for what lies beyond its end.
struct ProfileBytes {
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var count: Int { bytes.count }

    func part(at offset: Int, _ length: Int) -> ProfileBytes? {
        guard offset >= 0, length >= 0, offset <= bytes.count, length <= bytes.count - offset else { return nil }
        let start = bytes.startIndex + offset
        return ProfileBytes(bytes[start..<start + length])
    }

    /// Four characters.
    func name(at offset: Int) -> String? { part(at: offset, 4).map { String(decoding: $0.bytes, as: UTF8.self) } }

    func number16(at offset: Int) -> Int? { number(at: offset, 2) }
    func number32(at offset: Int) -> Int? { number(at: offset, 4) }

    /// s15Fixed16Number.
    func fixed(at offset: Int) -> Double? { number32(at: offset).map { Double(Int32(truncatingIfNeeded: $0)) / 65536 } }

    private func number(at offset: Int, _ length: Int) -> Int? {
        part(at: offset, length).map { $0.bytes.reduce(0) { $0 << 8 | Int($1) } }
    }
}
