// What each job comes to, read off from top to bottom: confined first, then the library, then the picture.

import Glibc
import Imaging
import Media
import PictureWorker
import SVG

enum Desk {
    /// Where the picture comes in and where the new one goes out.
    private static let source: Int32 = 3
    private static let target: Int32 = 4

    /// Bytes of a colour profile that a thumbnail is worth, and a whole picture.
    private static let smallProfile = 16 << 10
    private static let anyProfile = 4 << 20

    static func answer(to arguments: [String]) -> PictureAnswer {
        guard let job = PictureJob(arguments: arguments) else { return .unknownJob }
        do {
            // Behind those of the job comes its slot, which is held until this process ends.
            try Confinement.enter(keepingDescriptorsBelow: Mark.firstDescriptor + (job.mark?.descriptorCount ?? 0) + 1,
                                  processorTime: job == .svg ? 2 : 10)
            return try carryOut(job)
        } catch let error as BadMark {
            return .badMark(error.because)
        } catch let error as ImagingError {
            return switch error.kind {
            case .refused: .refused(error.because)
            case .tooLarge: .tooLarge(error.because)
            case .broken: .broken(error.because)
            }
        } catch let refusal as SVGRefusal {
            return refusal.isTooLarge ? .tooLarge(refusal.because) : .refused(refusal.because)
        } catch {
            return .refused("\(error)")
        }
    }

    private static func carryOut(_ job: PictureJob) throws -> PictureAnswer {
        switch job {
        case .selfTest:
            try ImageMagick.start()
            try ImageMagick.proveItself()
            return .done(width: nil, height: nil)
        case .thumbnail(let claims, let geometry, let finish, let quality):
            try ImageMagick.start()
            return try thumbnail(claims, geometry, finish, quality)
        case .convert(let claims, let version):
            try ImageMagick.start()
            return try convert(claims, to: version)
        case .measure(let mark):
            try ImageMagick.start()
            let size = try PreparedMark(mark).size
            return .done(width: size.width, height: size.height)
        case .svg:
            let size = try SourceBytes(source).read { try SVGInspection.inspect($0) }
            return .done(width: size.width, height: size.height)
        }
    }

    private static func thumbnail(
        _ claims: PictureClaims, _ geometry: ThumbnailGeometry, _ finish: ThumbnailFinish, _ quality: Int
    ) throws -> PictureAnswer {
        let picture = try read(claims, enough: claims.enough(for: geometry))
        try picture.turnUpright(claims.orientation)
        let cut = geometry.cut.scaled(from: (claims.width, claims.height), to: (picture.width, picture.height))
        try picture.cut(left: cut.left, top: cut.top, width: cut.width, height: cut.height)
        try picture.resize(width: geometry.scaled.width, height: geometry.scaled.height)
        try picture.pad(
            width: geometry.width, height: geometry.height, left: geometry.scaled.left, top: geometry.scaled.top,
            canvas: finish.canvas, isTransparent: !finish.isOpaque && claims.type == .png)
        try picture.apply(finish.filters)
        try picture.strip(keepingProfileUpTo: smallProfile)
        return try write(picture, as: claims.type, quality)
    }

    private static func convert(_ claims: PictureClaims, to version: PictureVersion) throws -> PictureAnswer {
        let mark = try version.mark.map(PreparedMark.init)
        let picture = try read(claims, enough: claims.enough(for: version))
        try picture.turnUpright(claims.orientation)
        if !version.type.isTransparent { try picture.flatten() }
        try picture.resize(width: version.width, height: version.height)
        let hasRoom = mark.map { MarkPlace.isRoom(for: $0.size, on: (version.width, version.height)) } ?? false
        guard hasRoom || version.isWantedUnmarked else { return .done(width: picture.width, height: picture.height) }
        // A profile of greys does not fit the colours of a mark.
        let keepsProfile = !hasRoom || !picture.isGrey
        try picture.strip(keepingProfileUpTo: keepsProfile ? anyProfile : 0)
        try mark?.put(on: picture)
        return try write(picture, as: version.type, version.quality, effort: version.effort)
    }

    private static func read(_ claims: PictureClaims, enough: (width: Int, height: Int)?) throws -> Picture {
        let stored = claims.isTurned ? (claims.height, claims.width) : (claims.width, claims.height)
        return try SourceBytes(source).read {
            try Picture($0, type: claims.type, width: stored.0, height: stored.1, enough: enough)
        }
    }

    private static func write(_ picture: Picture, as type: MediaType, _ quality: Int, effort: Int = 5) throws -> PictureAnswer {
        try picture.encode(as: type, quality: quality, effort: effort) { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(target, bytes.baseAddress! + written, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return .tooLarge("write \(bytes.count) bytes: \(String(cString: strerror(errno)))") }
                written += count
            }
            return .done(width: picture.width, height: picture.height)
        }
    }
}

extension PictureAnswer {
    /// Tells the answer and ends the process at once: there is nothing to tidy up that the kernel does not.
    func leave() -> Never {
        let text = Array((line + "\n").utf8)
        _ = write(1, text, text.count)
        _exit(code)
    }
}
