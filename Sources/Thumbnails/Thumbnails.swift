// A thumbnail is made when it is first asked for, kept as a file that the web server sends by itself from then on, and can
// always be made again. Whatever is asked, the work is bounded: sizes are a list, a picture keeps so many of them, what
// could not be decoded is not tried again for a day, and two that ask for the same at once share one decoding.

import Disk
import Media
import MediaHeader
import PictureWorker
import Time

/// What there is to send for a wish.
public enum ThumbnailAnswer: Hashable, Sendable {
    /// A file below the cache folder.
    case cached(String)
    /// The stored file as it is: SVG, ICO, AVIF, HEIC and animated WebP are small, or not decoded here; others where a thumbnail
    /// cannot be kept.
    case original(MediaType)
    /// There is a file, but no picture that could be shown small.
    case notAPicture
    /// There is no such file.
    case missing
}

/// Makes and keeps thumbnails.
public final class Thumbnails {
    let uploads: Folder
    let cache: Folder
    let locks: Folder
    let worker: PictureWorker
    let limits: MediaLimits

    /// Thumbnails that one picture keeps; the oldest goes when another is made.
    static let mostOfOnePicture = 32
    /// Lock files: wishes for different pictures seldom share one.
    static let stripes: UInt64 = 64
    /// Seconds to wait for another process that makes the same thumbnail, or another one for the same client.
    static let patience = 15

    /// - Parameters:
    ///   - uploads: the folder of `StoredPath`.
    ///   - cache: where thumbnails are kept, below the path of their picture.
    ///   - run: the folder in which `locks` is made.
    ///   - limits: what a picture's headers may claim.
    public init(
        uploads: Folder, cache: Folder, locks run: Folder, worker: PictureWorker, limits: MediaLimits = MediaLimits()
    ) throws {
        (self.uploads, self.cache, self.worker, self.limits) = (uploads, cache, worker, limits)
        locks = try run.folder("locks", creates: true)
    }

    /// The thumbnail of a stored picture, made now if need be.
    ///
    /// - Throws: `PictureFailure` of the machine and of the installation, `DiskError`.
    public func thumbnail(of path: StoredPath, _ shape: ThumbnailShape, _ bounds: ThumbnailBounds = ThumbnailBounds()) throws -> ThumbnailAnswer {
        guard let source = try existing(uploads, path.text) else { return .missing }
        let wish = Wish(path: path, shape: shape, source: source)
        if try isFresh(wish) { return .cached(wish.file) }
        guard let facts = try facts(of: source, path) else { return .notAPicture }
        switch facts.type {
        case .jpeg, .png, .gif, .bmp: break
        case .webp: if facts.isAnimated { return .original(.webp) }
        case .svg, .ico, .avif, .heic: return .original(facts.type)
        case .tiff, .tga: return .notAPicture
        case .mp4, .mov, .m4v, .webm, .mkv, .avi, .wmv: return .missing
        }
        // Where no thumbnail can be kept, the page shows its picture all the same.
        guard try cache.freeBytes() >= bounds.freeBytes else { return .original(facts.type) }
        return try shareWork(wish, facts, bounds)
    }

    /// Whether there is such a file.
    public func knows(_ path: StoredPath) -> Bool { (try? existing(uploads, path.text)) != nil }

    /// Removes every thumbnail of a picture; none is no error.
    public func forget(_ path: StoredPath) throws {
        do {
            try cache.removeFolder(path.text)
        } catch {
            // Somebody put one in meanwhile; it is the last, because the picture is gone.
            try cache.removeFolder(path.text)
        }
    }

    func facts(of source: File, _ path: StoredPath) throws -> MediaFacts? {
        do {
            return try MediaHeader.read(source, nameHint: path.name, limits: limits)
        } catch is MediaRefusal {
            return nil
        }
    }

    /// Whether the thumbnail is there and no older than its picture (one with a date to come is taken for unchanged).
    func isFresh(_ wish: Wish) throws -> Bool {
        guard let cached = try existing(cache, wish.file), cached.size > 0 else { return false }
        return cached.modified >= wish.source.modified || wish.source.modified > Now.seconds
    }

    /// FNV-1a, the same in every process; Swift's own hashes are not.
    static func hash(_ text: String) -> UInt64 { text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }

    func existing(_ folder: Folder, _ path: String) throws -> File? {
        do {
            return try folder.file(path)
        } catch let error as DiskError where error.kind == .missing {
            return nil
        }
    }
}

/// One thumbnail that somebody wants.
struct Wish {
    let path: StoredPath
    let shape: ThumbnailShape
    let source: File

    /// The thumbnail's name; its extension is spelt as the picture's, because the web server forms the same name.
    var name: String { shape.cacheName(path.name.split(separator: ".").last.map { String($0) } ?? "") }

    /// The name of the mark that it was too much work.
    var failure: String { "\(Thumbnails.unreadable)-\(name)" }

    /// The thumbnail's path below the cache folder.
    var file: String { "\(path.text)/\(name)" }

    var hash: UInt64 { Thumbnails.hash(file) }
}
