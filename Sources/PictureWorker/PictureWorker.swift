// Decoders of pictures crash, hang, exit and eat memory by themselves, so they run in a process of their own: one picture,
// one process, gone afterwards. This is the side that starts it and turns whatever happens into an error.

import Confinement
import Disk
import Media
import Process

/// Runs the `picture` executable, one process for each picture.
public final class PictureWorker {
    private let executable: String
    let runFolder: String
    private let count: Int
    /// Seconds of wall clock for one job.
    private let deadline: Double
    private let memory: () throws -> Int?
    private var environment: WorkerEnvironment?

    /// Touches nothing before the first job: most processes that have a worker never need it.
    ///
    /// - Parameters:
    ///   - executable: absolute path of `picture`.
    ///   - runFolder: where `slots`, `scratch` and `policy` are made.
    ///   - slots: workers at a time, over all processes that use the same folder; at least two, one of them for uploads.
    ///   - deadline: seconds of wall clock for one job.
    ///   - memory: bytes that all workers may take together, asked before each job; nil for what the machine has for them. Less than
    ///     some job of any size takes counts as that.
    public init(
        executable: String, runFolder: String, slots: Int = PictureWorker.cores, deadline: Double = 15,
        memory: @escaping () throws -> Int? = { nil }
    ) {
        self.executable = executable
        self.runFolder = runFolder
        self.deadline = deadline
        self.memory = memory
        count = slots
    }

    /// Processors that this machine has running.
    public static var cores: Int { ThisProcess.processors }

    /// Proves that the worker starts, reads pictures and refuses what the policy forbids; every responder does it once.
    ///
    /// - Returns: the layers that confine it when this process starts it.
    /// - Throws: `PictureFailure`, `.broken` when it must not be used.
    @discardableResult
    public func selfTest() throws -> ConfinementLayers {
        do {
            guard case .confined(let layers) = try run(.selfTest, needing: 0, []) else {
                throw PictureFailure.broken(because: "self-test of \(executable): it does not tell how it is confined; install all programs again")
            }
            return layers
        } catch let failure as PictureFailure where failure.isThePicturesFault {
            throw PictureFailure.broken(because: "self-test of \(executable): \(failure.because)")
        }
    }

    /// Writes a thumbnail, in the type of the picture, upright and without metadata.
    ///
    /// - Parameters:
    ///   - source: a regular file open for reading; its offset does not matter.
    ///   - facts: what `MediaHeader` read from it.
    ///   - target: an empty file open for writing.
    /// - Throws: `PictureFailure`.
    public func thumbnail(
        of source: Int32, facts: MediaFacts, geometry: ThumbnailGeometry, finish: ThumbnailFinish = .plain, quality: Int,
        for demand: PictureDemand = .upload, into target: Int32
    ) throws {
        let claims = try claims(facts)
        _ = try run(.thumbnail(claims, geometry, finish, quality: quality), needing: MemoryNeed(claims, facts).thumbnail(geometry, finish, quality: quality),
                    for: demand, [source, target])
    }

    /// Writes the picture anew, upright, without metadata but its colour profile; nothing when it was wanted for the mark alone
    /// and that has no room.
    ///
    /// - Parameter mark: the version's own.
    /// - Throws: `PictureFailure`.
    public func convert(
        _ source: Int32, from facts: MediaFacts, to version: PictureVersion, with mark: OpenMark? = nil, into target: Int32
    ) throws {
        let claims = try claims(facts)
        _ = try run(.convert(claims, to: version), needing: MemoryNeed(claims, facts).conversion(to: version), [source, target], with: mark)
    }

    /// Pixels that a mark covers; for a text those of its lines.
    ///
    /// - Throws: `PictureFailure`, `.badMark` when it cannot be put upon a picture.
    public func measure(_ mark: OpenMark) throws -> (width: Int?, height: Int?) {
        let nothing = Descriptor.ofNothing()
        return try withExtendedLifetime(nothing) {
            try run(.measure(mark.mark), needing: MemoryNeed.ofAnyJob + MemoryNeed.of(mark.mark), [nothing.number, nothing.number], with: mark).size
        }
    }

    /// The size in pixels that an SVG gives itself, nil where it gives none.
    ///
    /// - Throws: `PictureFailure.refused` when it holds anything active or external.
    public func inspectSVG(_ source: Int32) throws -> (width: Int?, height: Int?) {
        try run(.svg, needing: MemoryNeed.ofAnyJob, [source]).size
    }

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
            let environment = try openEnvironment()
            let slot = try environment.slots.take(need, of: max(try memory() ?? environment.memory, MemoryNeed.leastBudget), for: demand)
            let child = Child(
                executable: executable, arguments: job.arguments, environment: environment.variables,
                // The worker holds its slot too: it takes memory until it ends, even when this process is killed before.
                descriptors: descriptors + (mark?.descriptors ?? []) + [slot.descriptor], deadline: deadline)
            return try withExtendedLifetime((slot, mark)) { try child.run().answer(to: job) }
        } catch let error as SpawnError {
            throw PictureFailure(error)
        } catch let error as DiskError {
            throw PictureFailure(error)
        }
    }

    private func openEnvironment() throws -> WorkerEnvironment {
        if let environment { return environment }
        let opened = try WorkerEnvironment(runFolder: runFolder, slots: count)
        environment = opened
        return opened
    }
}
