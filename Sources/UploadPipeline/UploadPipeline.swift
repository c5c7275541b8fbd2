// The checks and changes of a received file before it is stored, as a list of steps. A step inspects the candidate, may
// replace its draft, or rejects it; each step runs once, and none knows where the file will be stored.

import Crypto
import Disk
import HTTP
import Media
import MediaHeader
import PictureWorker
import Text

/// A received file in the pipeline.
public struct Candidate {
    public var draft: Draft
    public var facts: MediaFacts
    public let originalName: ClientName
    /// SHA-256 of the draft's current bytes, and of the bytes as sent.
    public var sha256: [UInt8]
    public let sentSHA256: [UInt8]
    /// Whether it was converted, so that it has the target type of conversions.
    public var isConverted = false
    /// For the operator's log: changes that settings require and that failed without a reason to reject the file.
    public var remarks: [String] = []
}

/// The operator's settings for uploads.
public struct UploadRules: Sendable {
    /// Bytes.
    public var imageLimit: Int
    /// Bytes.
    public var videoLimit: Int
    public var acceptsVideos: Bool
    public var limits: MediaLimits
    /// Width and height in pixels, for decodable pictures.
    public var widths: ClosedRange<Int>
    public var heights: ClosedRange<Int>
    public var stripsMetadata: Bool
    public var wishes: PictureWishes
    public var watermark: Watermark?

    public init(imageLimit: Int, videoLimit: Int, acceptsVideos: Bool, limits: MediaLimits,
                widths: ClosedRange<Int>, heights: ClosedRange<Int>, stripsMetadata: Bool, wishes: PictureWishes,
                watermark: Watermark?) {
        self.imageLimit = imageLimit
        self.videoLimit = videoLimit
        self.acceptsVideos = acceptsVideos
        self.limits = limits
        self.widths = widths
        self.heights = heights
        self.stripsMetadata = stripsMetadata
        self.wishes = wishes
        self.watermark = watermark
    }
}

/// Turns a received draft into a file that may be stored.
public struct UploadPipeline {
    let rules: UploadRules
    let worker: PictureWorker
    /// Makes an empty draft for a new version of the file.
    let newDraft: () throws -> Draft

    public init(rules: UploadRules, worker: PictureWorker, newDraft: @escaping () throws -> Draft) {
        self.rules = rules
        self.worker = worker
        self.newDraft = newDraft
    }

    private static var steps: [(UploadPipeline) -> (inout Candidate) throws -> Void] { [
        refuseKindOrSize,
        refuseOtherDimensions,
        inspectVectorGraphic,
        remake,
        stripMetadata,
    ] }

    /// Runs all steps on a received file.
    ///
    /// - Throws: `MediaRefusal`, `PictureFailure`, `DiskError`, or a `Problem` with a documented message.
    public func prepare(_ received: ReceivedFile) throws -> Candidate {
        let facts = try MediaHeader.read(received.draft, nameHint: received.originalName.text, limits: rules.limits)
        var candidate = Candidate(draft: received.draft, facts: facts, originalName: received.originalName,
                                  sha256: received.sha256, sentSHA256: received.sha256)
        for step in UploadPipeline.steps { try step(self)(&candidate) }
        return candidate
    }

    /// Rejects a file of which only the beginning has been received, if its type or the announced size will not be accepted.
    ///
    /// - Parameter length: bytes of the whole file.
    /// - Throws: `MediaRefusal`, `UploadRefusal`.
    public func check(beginning: some ByteSource, named name: ClientName, length: Int) throws {
        guard let type = try MediaHeader.type(ofBeginning: beginning) else {
            // TGA is recognised at its end.
            if MediaType(fileExtension: name.fileExtension) == .tga { return }
            throw MediaRefusal(.notRecognised, because: "content of no stored type")
        }
        try refuse(type, size: length)
    }

    private func refuseKindOrSize(_ candidate: inout Candidate) throws { try refuse(candidate.facts.type, size: candidate.draft.size) }

    private func refuse(_ type: MediaType, size: Int) throws {
        guard type.kind == .image || rules.acceptsVideos else { throw UploadRefusal.videoDisabled }
        let limit = type.kind == .image ? rules.imageLimit : rules.videoLimit
        guard size <= limit else { throw UploadRefusal.overSize(size, limit: limit) }
    }

    /// Height before width, minimum before maximum: of several reasons EasyImages reported the last one it found.
    private func refuseOtherDimensions(_ candidate: inout Candidate) throws {
        guard candidate.facts.type.isDecodable, let width = candidate.facts.width, let height = candidate.facts.height else { return }
        if height < rules.heights.lowerBound { throw UploadRefusal.tooLow(height, limit: rules.heights.lowerBound) }
        if height > rules.heights.upperBound { throw UploadRefusal.tooHigh(height, limit: rules.heights.upperBound) }
        if width < rules.widths.lowerBound { throw UploadRefusal.tooNarrow(width, limit: rules.widths.lowerBound) }
        if width > rules.widths.upperBound { throw UploadRefusal.tooWide(width, limit: rules.widths.upperBound) }
    }

    private func inspectVectorGraphic(_ candidate: inout Candidate) throws {
        guard candidate.facts.type == .svg else { return }
        do {
            (candidate.facts.width, candidate.facts.height) = try worker.inspectSVG(candidate.draft.descriptor)
        } catch PictureFailure.refused(let because) {
            throw UploadRefusal.activeGraphic(because: because)
        } catch PictureFailure.tooLarge(let because) { throw UploadRefusal.complexGraphic(because: because) }
    }

    /// Pictures are rewritten without metadata; in videos it is blanked in place, because their contents must not move.
    private func stripMetadata(_ candidate: inout Candidate) throws {
        guard rules.stripsMetadata else { return }
        switch candidate.facts.type {
        case let type where type.kind == .video:
            let patches = try VideoMetadata.patches(of: candidate.draft, type)
            for patch in patches { try candidate.draft.blank(patch) }
            if !patches.isEmpty { try candidate.replace(by: candidate.draft) }
        case .svg:
            let stripped = try newDraft()
            do {
                try worker.cleanSVG(candidate.draft.descriptor, into: stripped.descriptor)
            } catch PictureFailure.refused(let because) { throw UploadRefusal.keptMetadata(because: because) }
            try stripped.measure()
            if stripped.size > 0 { try candidate.replace(by: stripped) }
        default:
            let stripped = try newDraft()
            if try MetadataStripper.strip(candidate.draft, limits: rules.limits, into: stripped.write) {
                try candidate.replace(by: stripped)
            }
        }
    }
}

extension Candidate {
    /// Replaces the draft and hashes it again.
    mutating func replace(by other: Draft) throws {
        draft = other
        let hash = SHA256()
        try other.forEachPiece(hash.update)
        sha256 = hash.finish()
    }
}

extension Draft {
    /// Writes the replacement, then zeros.
    func blank(_ patch: VideoMetadata.Patch) throws {
        try overwrite(at: patch.offset, patch.replacement)
        let zeros = [UInt8](repeating: 0, count: 65_536)
        var offset = patch.offset + patch.replacement.count
        let end = patch.offset + patch.length
        while offset < end {
            let count = min(zeros.count, end - offset)
            try overwrite(at: offset, Array(zeros.prefix(count)))
            offset += count
        }
    }
}
