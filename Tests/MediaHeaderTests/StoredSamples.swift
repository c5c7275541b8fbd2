// Samples of the types that are stored without being decoded.

import Media

@testable import MediaHeader

enum BMP {
    static func file(_ width: Int = 40, _ height: Int = 30, depth: Int = 24, compression: Int = 0, header: Int = 40) -> Bytes {
        join(
            ascii("BM"), little32(58), [0, 0, 0, 0], little32(54), little32(header), little32(width), little32(height),
            little16(1), little16(depth), little32(compression), Bytes(repeating: 0, count: 24))
    }
}

enum TIFF {
    static func file(_ width: Int = 40, _ height: Int = 30, orientation: Int = 1, isBig: Bool = false) -> Bytes {
        let two = isBig ? big16 : little16
        let four = isBig ? big32 : little32
        return tiff([(0x0100, 3, 1, two(width)), (0x0101, 4, 1, four(height)), (0x0112, 3, 1, two(orientation))], isBig: isBig)
    }
}

enum ICO {
    static func file(_ sizes: [(Int, Int)] = [(16, 16), (48, 32)], data: Bytes = Bytes(repeating: 1, count: 40)) -> Bytes {
        let first = 6 + sizes.count * 16
        let entries: [Bytes] = sizes.enumerated().map { index, size in
            let offset = first + index * data.count
            return join(
                [UInt8(size.0), UInt8(size.1), 0, 0], little16(1), little16(32), little32(data.count), little32(offset))
        }
        return join([0, 0, 1, 0], little16(sizes.count), Bytes(entries.joined()), times(sizes.count, data))
    }
}

enum TGA {
    static let footer = Bytes(repeating: 0, count: 8) + ascii("TRUEVISION-XFILE.\0")

    static func file(_ width: Int = 4, _ height: Int = 3, type: UInt8 = 2, depth: UInt8 = 24, footer: Bytes = footer) -> Bytes {
        let data = Bytes(repeating: 7, count: type < 9 ? 36 : 10)
        let head: Bytes = [0, 0, type, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        return join(head, little16(width), little16(height), [depth, 0x20], data, footer)
    }
}

enum HEIF {
    static func box(_ name: String, _ payload: Bytes...) -> Bytes {
        let all = Bytes(payload.joined())
        return join(big32(all.count + 8), ascii(name), all)
    }

    static func fullBox(_ name: String, version: UInt8 = 0, flags: UInt8 = 0, _ payload: Bytes...) -> Bytes {
        box(name, [version, 0, 0, flags], Bytes(payload.joined()))
    }

    static func brands(_ major: String, _ others: String...) -> Bytes {
        box("ftyp", ascii(major), big32(0), ascii(others.joined()))
    }

    static func size(_ width: Int, _ height: Int) -> Bytes { fullBox("ispe", big32(width), big32(height)) }

    /// Centered, in whole pixels.
    static func aperture(_ width: Int, _ height: Int) -> Bytes {
        box("clap", big32(width), big32(1), big32(height), big32(1), big32(0), big32(1), big32(0), big32(1))
    }

    static func entry(_ item: Int, _ type: String, _ rest: String = "") -> Bytes {
        fullBox("infe", version: 2, big16(item), big16(0), ascii(type), ascii("\0" + rest))
    }

    /// A still picture with EXIF and XMP behind the picture data, and the properties in the order given.
    static func file(brand: String = "avif", properties: [Bytes], primary: Bytes, secret: Bytes = secretExif) -> Bytes {
        let head = brands(brand, "mif1")
        let xmp = ascii("<xmp>SECRET</xmp>   ")
        let data = head.count + meta(0, properties, primary, secret.count, xmp.count).count + 8
        return join(
            head, meta(data, properties, primary, secret.count, xmp.count),
            box("mdat", Bytes(repeating: 5, count: 10), secret, xmp))
    }

    private static func meta(_ data: Int, _ properties: [Bytes], _ primary: Bytes, _ exif: Int, _ xmp: Int) -> Bytes {
        func place(_ item: Int, _ offset: Int, _ length: Int) -> Bytes {
            join(big16(item), big16(0), big16(1), big32(data + offset), big32(length))
        }
        let items = fullBox(
            "iinf", big16(3), entry(1, "av01"), entry(2, "Exif"), entry(3, "mime", "application/rdf+xml\0"))
        let places = fullBox("iloc", [0x44, 0x00], big16(3), place(1, 0, 10), place(2, 10, exif), place(3, 10 + exif, xmp))
        let association = fullBox(
            "ipma", big32(2), big16(2), [1, 1], big16(1), [UInt8(primary.count)], primary.map { $0 | 0x80 })
        let handler = fullBox("hdlr", big32(0), ascii("pict"), Bytes(repeating: 0, count: 13))
        let described = box("iprp", box("ipco", Bytes(properties.joined())), association)
        return fullBox("meta", handler, fullBox("pitm", big16(1)), items, places, described)
    }

    static let secretExif = join(big32(0), exif(orientation: 6), ascii("SECRET"))

    static let avif = file(properties: [size(8, 8), size(40, 30)], primary: [2])
    static let heic = file(brand: "heic", properties: [size(40, 30), size(8, 8), box("irot", [1])], primary: [1, 3])
}

enum SVG {
    static let file = ascii("<?xml version=\"1.0\"?>\n<!-- a -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}

/// One good file of every type but the videos.
let samplePictures: [(name: String, type: MediaType, bytes: Bytes)] = [
    ("jpeg", .jpeg, JPEG.full), ("png", .png, PNG.full), ("gif", .gif, GIF.full), ("webp", .webp, WebP.full),
    ("webp-lossy", .webp, WebP.riff(WebP.lossy(40, 30))), ("webp-animated", .webp, WebP.animated), ("bmp", .bmp, BMP.file()),
    ("tiff", .tiff, TIFF.file(orientation: 6)), ("tiff-big", .tiff, TIFF.file(isBig: true)), ("ico", .ico, ICO.file()),
    ("tga", .tga, TGA.file()), ("avif", .avif, HEIF.avif), ("heic", .heic, HEIF.heic), ("svg", .svg, SVG.file),
]
