// Small files of every type, built field by field, so that a test can say which field is wrong in it.

import Media

@testable import MediaHeader
import Text

typealias Bytes = [UInt8]

func big16(_ number: Int) -> Bytes { [8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
func big32(_ number: Int) -> Bytes { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
func little16(_ number: Int) -> Bytes { big16(number).reversed() }
func little24(_ number: Int) -> Bytes { Array(big32(number).reversed().prefix(3)) }
func little32(_ number: Int) -> Bytes { big32(number).reversed() }
func ascii(_ text: String) -> Bytes { Array(text.utf8) }

/// Parts of a file one after the other; long chains of `+` take the compiler too long.
func join(_ parts: Bytes...) -> Bytes { Bytes(parts.joined()) }

/// The same part `count` times.
func times(_ count: Int, _ part: Bytes) -> Bytes { Bytes(repeatElement(part, count: count).joined()) }

/// Which refusal reading the bytes gives; nil when they pass.
func refusal(_ bytes: Bytes, nameHint: String? = nil, limits: MediaLimits = MediaLimits()) throws -> MediaRefusal.Reason? {
    do {
        _ = try MediaHeader.read(MemorySource(bytes), nameHint: nameHint, limits: limits)
        return nil
    } catch let refusal as MediaRefusal { return refusal.reason }
}

func facts(_ bytes: Bytes, nameHint: String? = nil, limits: MediaLimits = MediaLimits()) throws -> MediaFacts {
    try MediaHeader.read(MemorySource(bytes), nameHint: nameHint, limits: limits)
}

/// The stripped file; nil when there was nothing to remove.
func stripped(_ bytes: Bytes) throws -> Bytes? {
    var result: Bytes = []
    let changed = try MetadataStripper.strip(MemorySource(bytes)) { result += $0 }
    return changed ? result : nil
}

/// A TIFF structure of one directory.
func tiff(_ entries: [(tag: Int, type: Int, count: Int, value: Bytes)], isBig: Bool = false, extra: Bytes = []) -> Bytes {
    let two = isBig ? big16 : little16
    let four = isBig ? big32 : little32
    let fields: [Bytes] = entries.map { entry in
        join(two(entry.tag), two(entry.type), four(entry.count), entry.value, Bytes(repeating: 0, count: 4 - entry.value.count))
    }
    return join(ascii(isBig ? "MM\0*" : "II*\0"), four(8), two(entries.count), Bytes(fields.joined()), four(0), extra)
}

/// EXIF that holds an orientation and, as its maker's mark, a text that must not survive stripping.
func exif(orientation: Int, isBig: Bool = false) -> Bytes {
    tiff([(0x0112, 3, 1, (isBig ? big16 : little16)(orientation))], isBig: isBig, extra: ascii("SECRET"))
}

enum JPEG {
    static func segment(_ code: UInt8, _ payload: Bytes) -> Bytes { join([0xFF, code], big16(payload.count + 2), payload) }

    static func frame(_ width: Int, _ height: Int, code: UInt8 = 0xC0, precision: UInt8 = 8, components: UInt8 = 3) -> Bytes {
        let list: [Bytes] = (0..<components).map { [$0 + 1, 0x11, 0] }
        return segment(code, join([precision], big16(height), big16(width), [components], Bytes(list.joined())))
    }

    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]

    static func exifSegment(_ orientation: Int) -> Bytes { segment(0xE1, ascii("Exif\0\0") + exif(orientation: orientation)) }

    static func file(
        _ width: Int = 40, _ height: Int = 30, before: Bytes = [], scans: Int = 1, end: Bytes = [0xFF, 0xD9]
    ) -> Bytes {
        join([0xFF, 0xD8], before, frame(width, height), times(scans, scan), end)
    }

    /// What stripping keeps: JFIF, colour profile and Adobe's segment.
    static let shown = (
        jfif: segment(0xE0, ascii("JFIF\0") + [1, 2, 0, 0, 1, 0, 1, 0, 0]),
        profile: segment(0xE2, ascii("ICC_PROFILE\0") + [1, 1, 7]),
        adobe: segment(0xEE, ascii("Adobe") + [0, 100, 0, 0, 0, 0, 1])
    )

    static let full = file(
        before: join(
            shown.jfif, exifSegment(6), shown.profile, segment(0xE1, ascii("http://ns.adobe.com/xap/1.0/\0SECRET")),
            segment(0xED, ascii("Photoshop 3.0\0SECRET")), shown.adobe, segment(0xFE, ascii("SECRET"))),
        scans: 2, end: [0xFF, 0xD9] + ascii("SECRET"))
}

enum PNG {
    static let signature: Bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func chunk(_ name: String, _ payload: Bytes) -> Bytes {
        let named = ascii(name) + payload
        return join(big32(payload.count), named, big32(Int(PNGChecksum.of(named))))
    }

    static func header(_ width: Int, _ height: Int, depth: UInt8 = 8, colour: UInt8 = 2) -> Bytes {
        chunk("IHDR", join(big32(width), big32(height), [depth, colour, 0, 0, 0]))
    }

    static func file(_ width: Int = 40, _ height: Int = 30, before: Bytes = [], after: Bytes = []) -> Bytes {
        join(signature, header(width, height), before, chunk("IDAT", [0x78, 0x9C, 1, 2, 3]), after, chunk("IEND", []))
    }

    static let full =
        file(
            before: join(
                chunk("tEXt", ascii("Comment\0SECRET")), chunk("iCCP", [1]), chunk("acTL", big32(3) + big32(0)),
                chunk("eXIf", exif(orientation: 8, isBig: true)), chunk("tIME", [7, 232, 1, 1, 1, 1, 1])),
            after: chunk("iTXt", ascii("XML:com.adobe.xmp\0SECRET")) + chunk("zTXt", ascii("SECRET"))) + ascii("SECRET")
}

enum GIF {
    static func screen(_ width: Int = 40, _ height: Int = 30) -> Bytes {
        join(ascii("GIF89a"), little16(width), little16(height), [0x80, 0, 0, 9, 9, 9, 9, 9, 9])
    }

    static func image(_ width: Int = 40, _ height: Int = 30, left: Int = 0, top: Int = 0) -> Bytes {
        join([0x2C], little16(left), little16(top), little16(width), little16(height), [0, 2, 2, 0x4C, 0x01, 0])
    }

    static func extended(_ label: UInt8, _ blocks: [Bytes]) -> Bytes {
        join([0x21, label], Bytes(blocks.map { [UInt8($0.count)] + $0 }.joined()), [0])
    }

    static let loop = extended(0xFF, [ascii("NETSCAPE2.0"), [1, 0, 0]])
    static let timed = extended(0xF9, [[0, 5, 0, 0]]) + image()

    static func file(frames: Int = 1, before: Bytes = [], end: Bytes = [0x3B]) -> Bytes {
        join(screen(), before, times(frames, timed), end)
    }

    static let full = file(
        frames: 2,
        before: join(
            loop, extended(0xFE, [ascii("SECRET"), ascii("SECRET")]), extended(0xFF, [ascii("XMP DataXMP"), ascii("SECRET")])),
        end: [0x3B] + ascii("SECRET"))
}

enum WebP {
    static func chunk(_ name: String, _ payload: Bytes) -> Bytes {
        join(ascii(name), little32(payload.count), payload, Bytes(repeating: 0, count: payload.count & 1))
    }

    static func riff(_ chunks: Bytes...) -> Bytes {
        let body = Bytes(chunks.joined())
        return join(ascii("RIFF"), little32(body.count + 4), ascii("WEBP"), body)
    }

    static func lossy(_ width: Int, _ height: Int) -> Bytes {
        chunk("VP8 ", join([0x10, 0, 0, 0x9D, 0x01, 0x2A], little16(width), little16(height), [1, 2, 3]))
    }

    static func lossless(_ width: Int, _ height: Int) -> Bytes {
        chunk("VP8L", join([0x2F], little32(width - 1 | (height - 1) << 14), [1, 2]))
    }

    static func canvas(_ width: Int, _ height: Int, flags: UInt8) -> Bytes {
        chunk("VP8X", join([flags, 0, 0, 0], little24(width - 1), little24(height - 1)))
    }

    static func frame(_ width: Int, _ height: Int, left: Int = 0, top: Int = 0, picture: Bytes? = nil) -> Bytes {
        let place = join(little24(left / 2), little24(top / 2), little24(width - 1), little24(height - 1))
        return chunk("ANMF", join(place, [50, 0, 0, 0], picture ?? lossy(width, height)))
    }

    static let animated = riff(
        canvas(40, 30, flags: 0x02), chunk("ANIM", [0, 0, 0, 0, 0, 0]), frame(40, 30), frame(10, 10, left: 30, top: 20))

    static let full =
        riff(
            canvas(40, 30, flags: 0x2C), chunk("ICCP", [1, 2, 3]), lossless(40, 30),
            chunk("EXIF", ascii("Exif\0\0") + exif(orientation: 6)), chunk("XMP ", ascii("SECRET"))) + ascii("SECRET")
}
