// The memory need of a job is computed from the headers before its process starts, so that concurrent jobs fit into the machine.
// The figures are upper bounds, measured with ImageMagick 6.9.11 as peak anonymous memory (RssAnon in /proc/PID/status) for smooth and
// noisy pictures of 12, 24 and 45 megapixels. Bytes per pixel of the picture, without the 10 MB of an idle process:
//
//     decoding    8.2 PNG, WebP and JPEG in RGB; 10.2 grayscale, palette, CMYK; 10.4 BMP of 24 bits; 12.6 WebP
//                 a progressive JPEG adds 3.0 (4:2:0) or 6.1 (4:4:4) for each stored pixel, even if decoded at a reduced size
//     rotating    15.6, 19.6 grayscale and palette: the old picture and the new one
//     scaling     19.1 to 0.8 of the sides, 13.1 to 2048 x 2048 from 24 megapixels: old, scaled in one direction, new
//     encoding    JPEG 10.8 to 12.0, 17.6 from CMYK (4:2:0; 4:4:4 adds 3.5); PNG 10.1 to 10.7, 17.5 from a palette; GIF 9.9 to 26.9;
//                 BMP 13.5; WebP 13.2 to 15.7, 17.6 from grayscale and CMYK; where it does not spare memory but keeps its analysis of each
//                 block, 11 more at quality 80 and 22 at 99 for 12 megapixels of noise; 41.6 at quality 100, which is lossless
//
// A text mark adds nothing to that (17.5 at most); the 45 megapixels of 8192 x 5464 as JPEG to WebP took 595 MB, noise 632.

import Media

/// Bytes of memory that the worker needs for a job, without the pages of mapped files.
struct MemoryNeed {
    /// Libraries, coders, the color profile and small allocations.
    static let ofAnyJob = 24 << 20

    /// Minimum budget for all jobs together: with less, no photograph and no SVG could be processed.
    static let leastBudget = 2 * ofAnyJob

    private let claims: PictureClaims
    private let facts: MediaFacts
    /// ImageMagick's pixel: four channels of 16 bits, and an index unless the picture is plain RGB. BMP headers are not parsed for that.
    private let pixel: Int

    init(_ claims: PictureClaims, _ facts: MediaFacts) {
        (self.claims, self.facts) = (claims, facts)
        pixel = facts.isRGB && facts.type != .gif && facts.type != .bmp ? 8 : 10
    }

    func thumbnail(_ geometry: ThumbnailGeometry, _ finish: ThumbnailFinish, quality: Int) -> Int {
        let eighths = claims.eighths(claims.enough(for: geometry))
        let decoded = Size(claims.width, claims.height).reduced(eighths)
        let cut = Size(geometry.cut.width, geometry.cut.height).reduced(eighths)
        let (scaled, canvas) = (Size(geometry.scaled.width, geometry.scaled.height), Size(geometry.width, geometry.height))
        let cutting = cut == decoded ? 0 : pixel * (decoded.area + cut.area)
        let finishing = pixel * (scaled.area + canvas.area) + (finish.filters.isEmpty ? 0 : 3 * pixel * canvas.area)
        return MemoryNeed.ofAnyJob + max(reading(decoded), cutting, scaling(cut, to: scaled), finishing, writing(canvas, claims.type, quality, sparingMemory: geometry.sparesMemory))
    }

    func conversion(to version: PictureVersion) -> Int {
        let decoded = Size(claims.width, claims.height).reduced(claims.eighths(claims.enough(for: version)))
        let new = Size(version.width, version.height)
        return MemoryNeed.ofAnyJob + MemoryNeed.of(version.mark)
            + max(reading(decoded), scaling(decoded, to: new), writing(new, version.type, version.quality, sparingMemory: version.sparesMemory))
    }

    /// A picture mark is in memory together with the marked picture.
    static func of(_ mark: Mark?) -> Int {
        guard case .picture(let claims, _)? = mark else { return 0 }
        return 2 * 10 * claims.width * claims.height
    }

    private func reading(_ decoded: Size) -> Int {
        let ofDecoder: Int = switch claims.type {
        case .jpeg: facts.isProgressive ? facts.coefficientBytes ?? (facts.isRGB ? 6 : 8) * claims.width * claims.height : 0
        case .webp: 5 * decoded.area
        case .bmp: 2 * decoded.area
        // The first frame may cover only part of the screen; it is then copied onto a second picture.
        case .gif: pixel * decoded.area
        default: 0
        }
        let turning = claims.orientation > 1 ? pixel * decoded.area : 0
        return pixel * decoded.area + max(ofDecoder, turning)
    }

    /// ImageMagick scales one direction after the other.
    private func scaling(_ old: Size, to new: Size) -> Int {
        guard old != new else { return 0 }
        return pixel * (old.area + max(old.width * new.height, new.width * old.height) + new.area)
    }

    private func writing(_ new: Size, _ type: MediaType, _ quality: Int, sparingMemory: Bool) -> Int {
        let ofEncoder: Double = switch type {
        case .jpeg: (facts.isRGB ? 4 : 8) + (ColorSampling(quality: quality, pixels: new.area) == .full ? 3.5 : 0)
        case .webp: quality >= 100 ? 34 : (facts.isRGB ? 7.25 : 8) + (sparingMemory ? 0 : quality > 80 ? 23 : 12)
        case .gif: 19
        default: 8
        }
        return Int((Double(pixel) + ofEncoder) * Double(new.area))
    }
}

/// Pixels; products of two sides cannot overflow.
private struct Size: Equatable {
    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int) { (self.width, self.height) = (min(max(width, 1), 1 << 20), min(max(height, 1), 1 << 20)) }

    var area: Int { width * height }

    func reduced(_ eighths: Int) -> Size { Size((width * eighths + 7) / 8, (height * eighths + 7) / 8) }
}
