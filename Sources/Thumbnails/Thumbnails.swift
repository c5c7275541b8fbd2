// A thumbnail is made on the first request, stored as a file that the web server then sends by itself, and can always be
// made again. The work is bounded for any request: sizes and thumbnails per picture are limited, a failed decoding is not repeated
// for a day, and concurrent requests for the same thumbnail share one decoding.

import Disk
import Media
import MediaHeader
import PictureWorker
import Time

/// What to send for a request.
public enum ThumbnailAnswer: Hashable, Sendable {
    /// A path relative to the cache folder.
    case cached(String)
    /// The stored file unchanged: SVG, ICO, AVIF, HEIC and animated WebP are small, or not decoded here; other types if the disk is too
    /// full for a thumbnail.
    case original(MediaType)
    /// The file exists, but no thumbnail can be made.
    case notAPicture
    /// The picture is too large to be decoded here.
    case tooLarge
    /// The file does not exist.
    case missing
}

/// Makes and caches thumbnails.
public final class Thumbnails {
    let uploads: Folder
    let cache: Folder
    let locks: Folder
    let worker: PictureWorker
    let limits: MediaLimits

    /// Maximum thumbnails of one picture; a further one replaces the oldest.
    static let mostOfOnePicture = 32
    /// Number of lock files; different pictures rarely share one.
    static let stripes: UInt64 = 64
    /// Seconds to wait for another process that makes the same thumbnail, or another one for the same client.
    static let patience = 15

    /// - Parameters:
    ///   - uploads: the folder that `StoredPath` is relative to.
    ///   - cache: the folder of thumbnails; each is stored under the path of its picture.
    ///   - run: the folder in which `locks` is created.
    ///   - limits: for the picture's headers.
    public init(
        uploads: Folder, cache: Folder, locks run: Folder, worker: PictureWorker, limits: MediaLimits = MediaLimits()
    ) throws {
        (self.uploads, self.cache, self.worker, self.limits) = (uploads, cache, worker, limits)
        locks = try run.folder("locks", creates: true)
    }

    /// How often a thumbnail is begun whose picture is replaced while it is made.
    static let tries = 4

    /// The thumbnail of a stored picture, made now if it is not cached.
    ///
    /// - Throws: `PictureFailure` for faults of the machine or of the installation, `.busy` if the picture is replaced again and again;
    ///   `DiskError`; what the bounds' allowance throws.
    public func thumbnail(of path: StoredPath, _ shape: ThumbnailShape, _ bounds: ThumbnailBounds = ThumbnailBounds()) throws -> ThumbnailAnswer {
        for _ in 0..<Thumbnails.tries { if let answer = try attempt(path, shape, bounds) { return answer } }
        throw PictureFailure.busy(because: "\(path.text) was replaced, or its thumbnails were removed, \(Thumbnails.tries) times while one was made")
    }

    /// - Returns: nil if the picture was replaced meanwhile.
    private func attempt(_ path: StoredPath, _ shape: ThumbnailShape, _ bounds: ThumbnailBounds) throws -> ThumbnailAnswer? {
        guard let source = try existing(uploads, path.text) else { return .missing }
        let wish = Wish(path: path, shape: shape, source: source)
        if try isFresh(wish) { return .cached(wish.file) }
        guard let facts = try facts(of: source, path) else { return .notAPicture }
        guard facts.isDecoded else { return .original(facts.type) }
        switch facts.type {
        case .jpeg, .png, .gif, .bmp: break
        case .webp: if facts.isAnimated { return .original(.webp) }
        case .svg, .ico, .avif, .heic: return .original(facts.type)
        case .tiff, .tga: return .notAPicture
        case .mp4, .mov, .m4v, .webm, .mkv, .avi, .wmv: return .missing
        }
        guard try worker.canMake(shape.geometry(of: facts), finish: shape.finish, quality: shape.quality, of: facts) else { return .tooLarge }
        // On a full disk a page shows the original picture instead.
        guard try cache.freeBytes() >= bounds.freeBytes else { return .original(facts.type) }
        guard let answer = try shareWork(wish, facts, bounds) else { return nil }
        // One that is read reduced may still be too much work.
        return answer == .notAPicture && !PixelLimit().allows(width: facts.width ?? 0, height: facts.height ?? 0) ? .tooLarge : answer
    }

    /// Whether the file exists.
    public func knows(_ path: StoredPath) -> Bool { (try? existing(uploads, path.text)) != nil }

    /// Removes all thumbnails of a picture, if there are any, durably: the web server sends what is there without asking.
    public func forget(_ path: StoredPath) throws {
        // Other processes may add some meanwhile, each at most the one that it is making.
        for attempt in 1...Thumbnails.mostProcesses {
            do { return try cache.removeFolder(path.text, isDurable: true) } catch where attempt < Thumbnails.mostProcesses { continue }
        }
    }

    /// More processes than these rarely make thumbnails of one picture at once.
    private static let mostProcesses = 8

    func facts(of source: File, _ path: StoredPath) throws -> MediaFacts? {
        do {
            return try MediaHeader.read(source, nameHint: path.name, limits: limits)
        } catch is MediaRefusal {
            return nil
        }
    }

    /// Whether the thumbnail exists and is not older than its picture (whose date may be in the future).
    func isFresh(_ wish: Wish) throws -> Bool {
        guard let cached = try existing(cache, wish.file), cached.size > 0 else { return false }
        return cached.modified >= wish.source.modified || wish.source.modified > Now.seconds
    }

    /// FNV-1a: the same in every process, unlike Swift's hashes.
    static func hash(_ text: String) -> UInt64 { text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }

    func existing(_ folder: Folder, _ path: String) throws -> File? {
        do {
            return try folder.file(path)
        } catch let error as DiskError where error.kind == .missing {
            return nil
        }
    }
}

/// A requested thumbnail.
struct Wish {
    let path: StoredPath
    let shape: ThumbnailShape
    let source: File

    /// The thumbnail's file name, with the extension as the picture spells it, because the web server computes the same name.
    var name: String { shape.cacheName(path.name.split(separator: ".").last.map { String($0) } ?? "") }

    /// The name of the mark for a failure of this shape alone.
    var failure: String { "\(Thumbnails.unreadable)-\(name)" }

    /// The thumbnail's path relative to the cache folder.
    var file: String { "\(path.text)/\(name)" }

    var hash: UInt64 { Thumbnails.hash(file) }
}
