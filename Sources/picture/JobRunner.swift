// Runs a job, in this order: load the library, confine the process, then read the picture.

import Confinement
import Glibc
import Imaging
import Media
import PictureWorker
import SVG

enum JobRunner {
    /// Descriptors of the input and output pictures.
    private static let source: Int32 = 3
    private static let target: Int32 = 4

    /// Maximum bytes of a color profile that is kept in a thumbnail, and in a whole picture.
    private static let smallProfile = 16 << 10
    private static let anyProfile = 4 << 20

    static func answer(to arguments: [String]) -> PictureAnswer {
        Confinement.hideMemory()
        if arguments == [WaitingWorker.word] { return answerToMessage() }
        guard let job = PictureJob(arguments: arguments) else { return .unknownJob }
        return answer(to: job)
    }

    /// What is slow for every thumbnail is done before the job is known.
    private static func answerToMessage() -> PictureAnswer {
        do {
            try Confinement.limit(keepingDescriptorsBelow: source + 1, processorTime: 10)
            try ImageMagick.start()
            try ImageMagick.rehearse([.jpeg])
        } catch { return .broken("\(error)") }
        guard let words = DescriptorMessage.receive(patience: WaitingWorker.patience) else { _exit(WaitingWorker.codeOfNoJob) }
        guard let job = PictureJob(arguments: words), case .thumbnail = job else { return .unknownJob }
        return answer(to: job, isLoaded: true)
    }

    private static func answer(to job: PictureJob, isLoaded: Bool = false) -> PictureAnswer {
        // The job's descriptors are followed by its slot lock, which is held until this process ends.
        let kept = Mark.firstDescriptor + (job.mark?.descriptorCount ?? 0) + 1
        do {
            try Confinement.limit(keepingDescriptorsBelow: kept, processorTime: job.isVector ? 2 : 10)
            try load(for: job, isLoaded)
            let layers = try Confinement.close(keepingDescriptorsBelow: kept, target: job.hasTarget ? target : nil, readable: job.font)
            return try carryOut(job, within: layers)
        } catch let error as ConfinementError {
            return .broken(error.description)
        } catch let error as BadMark {
            return .badMark(error.because)
        } catch let error as ImagingError {
            return PictureAnswer(error, of: job)
        } catch let refusal as SVGRefusal {
            return refusal.isTooLarge ? .tooLarge(refusal.because) : .refused(refusal.because)
        } catch {
            return .refused("\(error)")
        }
    }

    /// Opens everything that is opened by name.
    private static func load(for job: PictureJob, _ isLoaded: Bool) throws {
        guard !job.isVector else { return SVGInspection.prepare() }
        if !isLoaded { try ImageMagick.start() }
        let types = job.types.subtracting(isLoaded ? [.jpeg] : [])
        if !types.isEmpty { try ImageMagick.rehearse(types) }
    }

    private static func carryOut(_ job: PictureJob, within layers: ConfinementLayers) throws -> PictureAnswer {
        switch job {
        case .selfTest:
            try ImageMagick.proveItself(with: job.types)
            return .confined(layers)
        case .thumbnail(let claims, let geometry, let finish, let quality):
            return try thumbnail(claims, geometry, finish, quality)
        case .convert(let claims, let version):
            return try convert(claims, to: version)
        case .measure(let mark):
            let size = try PreparedMark(mark).size
            return .done(width: size.width, height: size.height)
        case .svg:
            let size = try SourceBytes(source).read { try SVGInspection.inspect($0) }
            return .done(width: size.width, height: size.height)
        case .cleanSVG:
            let size = try SourceBytes(source).cleanSVG(into: target)
            return .done(width: size.width, height: size.height)
        }
    }

    private static func thumbnail(
        _ claims: PictureClaims, _ geometry: ThumbnailGeometry, _ finish: ThumbnailFinish, _ quality: Int
    ) throws -> PictureAnswer {
        let picture = try SourceBytes(source).picture(claims, enough: claims.enough(for: geometry))
        try picture.turnUpright(claims.orientation)
        let cut = geometry.cut.scaled(from: (claims.width, claims.height), to: (picture.width, picture.height))
        try picture.cut(left: cut.left, top: cut.top, width: cut.width, height: cut.height)
        try picture.resize(width: geometry.scaled.width, height: geometry.scaled.height)
        // Canvas and filters work on sRGB.
        try picture.settleColors(for: claims.type, keepingProfileUpTo: finish == .plain ? smallProfile : 0)
        try picture.pad(
            width: geometry.width, height: geometry.height, left: geometry.scaled.left, top: geometry.scaled.top,
            canvas: finish.canvas, isTransparent: !finish.isOpaque && claims.type == .png)
        try picture.apply(finish.filters)
        try picture.strip()
        _ = try picture.write(as: claims.type, quality: quality, sparingMemory: geometry.sparesMemory, into: target)
        return .done(width: picture.width, height: picture.height)
    }

    private static func convert(_ claims: PictureClaims, to version: PictureVersion) throws -> PictureAnswer {
        let mark = try version.mark.map(PreparedMark.init)
        let picture = try SourceBytes(source).picture(claims, enough: claims.enough(for: version))
        try picture.turnUpright(claims.orientation)
        if !version.type.isTransparent { try picture.flatten() }
        try picture.resize(width: version.width, height: version.height)
        let hasRoom = mark.map { MarkPlace.isRoom(for: $0.size, on: (version.width, version.height)) } ?? false
        guard hasRoom || version.isWantedUnmarked else { return .done(width: picture.width, height: picture.height) }
        // The colors of a mark are sRGB's.
        try picture.settleColors(for: version.type, keepingProfileUpTo: hasRoom ? 0 : anyProfile)
        try picture.strip()
        try mark?.put(on: picture)
        _ = try picture.write(
            as: version.type, quality: version.quality, effort: version.effort, sparingMemory: version.sparesMemory, into: target,
            limit: version.sizeLimit)
        return .done(width: picture.width, height: picture.height)
    }
}

extension PictureAnswer {
    /// A decoder that is out of memory may report a resource limit or a damaged picture: check whether the machine refused memory.
    init(_ error: ImagingError, of job: PictureJob) {
        switch error.kind {
        case .refused, .tooLarge:
            let need = job.claims.map { $0.width * $0.height * PixelMemory.bytesOfOnePixel } ?? 0
            if PixelMemory.isRefusedByTheMachine(need) { self = .noMemory("\(error.because), \(need >> 20) MB are not to be had") }
            else if error.kind == .refused { self = .refused(error.because) }
            else { self = .tooLarge(error.because) }
        case .broken: self = .broken(error.because)
        case .full: self = .full(error.because)
        case .noMemory: self = .noMemory(error.because)
        case .diskFailed: self = .diskFailed(error.because)
        }
    }

    /// Writes the answer and exits at once, without clean-up: the kernel frees everything.
    func leave() -> Never {
        let text = Array((line + "\n").utf8)
        _ = write(1, text, text.count)
        _exit(code)
    }
}
