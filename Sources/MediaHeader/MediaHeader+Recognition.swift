// Detects the type from the first bytes alone. Only supported types are detected: a script, an HTML page, an archive or a
// document with a picture's file name is not.

import Media

extension MediaHeader {
    /// How many leading bytes `recognise` reads.
    public static let recognisedWithin = 4_096

    /// The type of a file that begins with these bytes; nil if unsupported.
    ///
    /// TGA has no signature and is not detected here; `read` finds it by its footer.
    public static func recognise(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        fixedSignature(leading) ?? riff(leading) ?? bitmapOrIcon(leading) ?? isoBrand(leading) ?? matroska(leading)
            ?? (SVGPreamble.announcesSVG(leading) ? .svg : nil)
    }

    private static func fixedSignature(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        if leading.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if leading.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if leading.holds("GIF87a") || leading.holds("GIF89a") { return .gif }
        if leading.starts(with: [0x49, 0x49, 0x2A, 0x00]) || leading.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) { return .tiff }
        if leading.starts(with: asfHeader) { return .wmv }
        return nil
    }

    /// The GUID of the ASF header object (ASF specification, 10.1).
    private static let asfHeader: [UInt8] = [
        0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
    ]

    private static func riff(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        guard leading.holds("RIFF") else { return nil }
        if leading.holds("WEBP", at: 8) { return .webp }
        if leading.holds("AVI ", at: 8) { return .avi }
        return nil
    }

    /// Two-byte signatures are common in text, so the first fields must be plausible too.
    private static func bitmapOrIcon(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        if leading.count >= 18, leading.holds("BM"), BMPReader.isHeaderSize(leading.little32(14)) { return .bmp }
        guard leading.count >= 22, leading.starts(with: [0x00, 0x00, 0x01, 0x00]) else { return nil }
        let entries = leading.little16(4)
        return entries > 0 && leading[9] == 0 && leading.little32(18) >= 6 + entries * 16 ? .ico : nil
    }

    /// MKV and WebM differ in the DocType (element 0x4282) within the first bytes.
    private static func matroska(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        guard leading.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
        let webm: [UInt8] = [0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6D]
        let head = UnsafeRawBufferPointer(rebasing: leading.prefix(128))
        return head.indices.contains { head[$0...].starts(with: webm) } ? .webm : .mkv
    }
}

/// ISO base media files list brands (ISO/IEC 14496-12, 4.3); the first known brand decides.
extension MediaHeader {
    private static func isoBrand(_ leading: UnsafeRawBufferPointer) -> MediaType? {
        guard leading.count >= 12 else { return nil }
        let first = FourCC(leading.big32(4))
        guard first == "ftyp" else { return oldQuickTime(first) }
        let end = min(leading.count, max(leading.big32(0), 12))
        let major = FourCC(leading.big32(8))
        if notStored.contains(major) { return nil }
        let compatible = stride(from: 16, to: end - 3, by: 4).lazy.map { FourCC(leading.big32($0)) }
        return brands[major] ?? compatible.compactMap { brands[$0] }.first
    }

    /// QuickTime files from before brand lists begin with one of these atoms.
    private static func oldQuickTime(_ first: FourCC) -> MediaType? {
        let atoms: Set<FourCC> = ["moov", "mdat", "wide", "free", "skip", "pnot"]
        return atoms.contains(first) ? .mov : nil
    }

    /// Audio files and Canon raw pictures, which also list video brands.
    private static let notStored: Set<FourCC> = ["M4A ", "M4B ", "M4P ", "F4A ", "F4B ", "crx "]

    private static let brands: [FourCC: MediaType] = [
        "avif": .avif, "avis": .avif,
        "heic": .heic, "heix": .heic, "heim": .heic, "heis": .heic, "hevc": .heic, "hevx": .heic,
        "qt  ": .mov,
        "M4V ": .m4v, "M4VH": .m4v, "M4VP": .m4v,
        "isom": .mp4, "iso2": .mp4, "iso3": .mp4, "iso4": .mp4, "iso5": .mp4, "iso6": .mp4, "iso7": .mp4, "iso8": .mp4,
        "iso9": .mp4, "mp41": .mp4, "mp42": .mp4, "mp71": .mp4, "avc1": .mp4, "mmp4": .mp4, "MSNV": .mp4, "dash": .mp4,
        "cmfc": .mp4, "cmf2": .mp4, "f4v ": .mp4, "XAVC": .mp4, "NDSC": .mp4, "NDSH": .mp4, "NDXC": .mp4, "NDXH": .mp4,
        "3gp4": .mp4, "3gp5": .mp4, "3gp6": .mp4, "3gp7": .mp4, "3gp8": .mp4, "3gp9": .mp4, "3gs7": .mp4, "3ge6": .mp4,
        "3g2a": .mp4, "3g2b": .mp4, "3g2c": .mp4,
    ]
}
