// Decoders can crash, hang, exit and exhaust memory, so each picture is decoded in a process of its own
// that exits afterwards. This starts the process and turns every outcome into a result or an error.

import Confinement
import Disk
import Media
import Process
import Text
import Time

/// Runs the `picture` executable, one process per picture.
public final class PictureWorker {
    let executable: String
    let runFolder: String
    private let count: Int
    /// Wall-clock seconds for one job.
    let deadline: Double
    private let limit: () throws -> PixelLimit
    private let memory: () throws -> Int?
    private let observe: (PictureEvent) -> Void
    private var environment: WorkerEnvironment?
    var waiting: WaitingChild?
    var wantsNext = false

    /// Does no I/O before the first job: most processes never run one.
    ///
    /// - Parameters:
    ///   - executable: absolute path of `picture`.
    ///   - runFolder: the folder in which `slots`, `scratch` and `policy` are created.
    ///   - slots: maximum concurrent workers of all processes that use the same folder; at least two, one of them for uploads.
    ///   - deadline: wall-clock seconds for one job.
    ///   - limit: the size up to which pictures are decoded, read before each job.
    ///   - memory: bytes that all workers together may use, read before each job; nil for the machine's share. Values below the minimum
    ///     are raised to it.
    ///   - observe: told of each job, but the self-test.
    public init(
        executable: String, runFolder: String, slots: Int = PictureWorker.cores, deadline: Double = 15,
        limit: @escaping () throws -> PixelLimit = { PixelLimit() }, memory: @escaping () throws -> Int? = { nil },
        observe: @escaping (PictureEvent) -> Void = { _ in }
    ) {
        self.executable = executable
        self.runFolder = runFolder
        self.deadline = deadline
        self.limit = limit
        self.memory = memory
        self.observe = observe
        count = slots
    }

    /// Number of online processors.
    public static var cores: Int { ThisProcess.processors }

    /// Verifies that the worker starts, decodes pictures and is bound by the policy; every responder calls it once.
    ///
    /// - Returns: the layers that confine a worker started by this process.
    /// - Throws: `PictureFailure`, `.broken` if it must not be used.
    @discardableResult
    public func selfTest() throws -> ConfinementLayers {
        do {
            guard case .confined(let layers) = try attempt(.selfTest, needing: 0, for: .upload, [], with: nil) else {
                throw PictureFailure.broken(because: "self-test of \(executable): it does not tell how it is confined; install all programs again")
            }
            return layers
        } catch let failure as PictureFailure where failure.isThePicturesFault {
            throw PictureFailure.broken(because: "self-test of \(executable): \(failure.because)")
        }
    }

    /// Writes an upright thumbnail without metadata, of the same type as the picture.
    ///
    /// - Parameters:
    ///   - source: a regular file open for reading; its offset is ignored.
    ///   - facts: from `MediaHeader`.
    ///   - target: an empty file open for writing.
    /// - Throws: `PictureFailure`.
    public func thumbnail(
        of source: Int32, facts: MediaFacts, geometry: ThumbnailGeometry, finish: ThumbnailFinish = .plain, quality: Int,
        for demand: PictureDemand = .upload, into target: Int32
    ) throws {
        let claims = try claims(facts)
        try requireDecodable(claims, reducedTo: claims.enough(for: geometry))
        _ = try run(.thumbnail(claims, geometry, finish, quality: quality), needing: MemoryNeed(claims, facts).thumbnail(geometry, finish, quality: quality),
                    for: demand, [source, target])
    }

    /// Re-encodes the picture, upright, without metadata except its color profile. Writes nothing if the version requires the mark
    /// and the mark does not fit.
    ///
    /// - Parameter mark: the mark of the version.
    /// - Throws: `PictureFailure`.
    public func convert(
        _ source: Int32, from facts: MediaFacts, to version: PictureVersion, with mark: OpenMark? = nil, into target: Int32
    ) throws {
        let claims = try claims(facts)
        try requireDecodable(claims, reducedTo: claims.enough(for: version))
        let version = try quickest(version, MemoryNeed(claims, facts))
        _ = try run(.convert(claims, to: version), needing: MemoryNeed(claims, facts).conversion(to: version), [source, target], with: mark)
    }

    /// Size in pixels of a mark; for a text, of its lines.
    ///
    /// - Throws: `PictureFailure`, `.badMark` if it cannot be applied to any picture.
    public func measure(_ mark: OpenMark) throws -> (width: Int?, height: Int?) {
        let nothing = Descriptor.ofNothing()
        return try withExtendedLifetime(nothing) {
            try run(.measure(mark.mark), needing: MemoryNeed.ofAnyJob + MemoryNeed.of(mark.mark), [nothing.number, nothing.number], with: mark).size
        }
    }

    /// The size in pixels that an SVG states; nil if it states none.
    ///
    /// - Throws: `PictureFailure.refused` if it contains active or external content.
    public func inspectSVG(_ source: Int32) throws -> (width: Int?, height: Int?) {
        try run(.svg, needing: MemoryNeed.ofAnyJob, [source]).size
    }

    /// Writes an SVG without its metadata; nothing if it has none.
    ///
    /// - Throws: `PictureFailure.refused` as `inspectSVG`, or if metadata cannot be removed.
    public func cleanSVG(_ source: Int32, into target: Int32) throws {
        _ = try run(.cleanSVG, needing: MemoryNeed.ofAnyJob * 2, [source, target])
    }

    /// Whether a picture can have a thumbnail: it is within the limit of pixels, after reduction, and the memory for pictures.
    ///
    /// - Throws: errors of the settings, `PictureFailure`.
    public func canMake(_ geometry: ThumbnailGeometry, finish: ThumbnailFinish = .plain, quality: Int, of facts: MediaFacts) throws -> Bool {
        guard let claims = PictureClaims(facts), claims.fits(try limit(), reducedTo: claims.enough(for: geometry)) else { return false }
        // What is decoded whole within the limit waits for memory instead.
        guard claims.width * claims.height > PixelLimit.most else { return true }
        return try MemoryNeed(claims, facts).thumbnail(geometry, finish, quality: quality) <= min(budget(openEnvironment()), ResourceLimits.memory)
    }

    private func requireDecodable(_ claims: PictureClaims, reducedTo enough: (width: Int, height: Int)?) throws {
        let limit = try limit()
        guard !claims.fits(limit, reducedTo: enough) else { return }
        throw PictureFailure.tooLarge(because: "the picture has \((claims.width * claims.height).grouped) pixels (\(claims.width.grouped) x "
            + "\(claims.height.grouped)); this site takes \(limit.pixels.grouped) (decode_max_pixels) and \(PixelLimit.side.grouped) on a side, "
            + "a larger one is not decoded")
    }

    func budget(_ environment: WorkerEnvironment) throws -> Int { max(try memory() ?? environment.memory, MemoryNeed.leastBudget) }

    private func claims(_ facts: MediaFacts) throws -> PictureClaims {
        guard let claims = PictureClaims(facts) else {
            throw PictureFailure.refused(because: "\(facts.type) without a size, or a type that is not decoded")
        }
        return claims
    }

    private func run(
        _ job: PictureJob, needing need: Int, for demand: PictureDemand = .upload, _ descriptors: [Int32], with mark: OpenMark? = nil
    ) throws -> PictureAnswer {
        do {
            let answer = try attempt(job, needing: need, for: demand, descriptors, with: mark)
            observe(.ended(.done))
            return answer
        } catch let failure as PictureFailure {
            observe(.ended(PictureOutcome(failure)))
            throw failure
        }
    }

    private func attempt(
        _ job: PictureJob, needing need: Int, for demand: PictureDemand, _ descriptors: [Int32], with mark: OpenMark?
    ) throws -> PictureAnswer {
        do {
            let environment = try openEnvironment()
            let slot = try takeSlot(need, in: environment, for: demand)
            // The worker inherits the slot's lock: it uses memory until it ends, even if this process is killed before.
            let given = descriptors + (mark?.descriptors ?? []) + [slot.descriptor]
            return try withExtendedLifetime((slot, mark)) {
                let end = try runWaiting(job, given) ?? Child(
                    executable: executable, arguments: job.arguments, environment: environment.variables, descriptors: given, deadline: deadline).run()
                return try end.answer(to: job)
            }
        } catch let error as SpawnError {
            throw PictureFailure(error)
        } catch let error as DiskError {
            throw PictureFailure(error)
        }
    }

    private func takeSlot(_ need: Int, in environment: WorkerEnvironment, for demand: PictureDemand) throws -> Lock {
        let begin = Now.monotonicMicroseconds
        defer { observe(.waited(microseconds: Now.monotonicMicroseconds - begin)) }
        return try environment.slots.take(need, of: budget(environment), for: demand)
    }

    func openEnvironment() throws -> WorkerEnvironment {
        if let environment { return environment }
        let opened = try WorkerEnvironment(runFolder: runFolder, slots: count)
        environment = opened
        return opened
    }
}
