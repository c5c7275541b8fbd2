// What happens to a received file before it is kept, as a list that can be read aloud. A step looks at the candidate, may
// replace its draft, or refuses it; no step is visited twice, and none of them knows where the file will be kept.

import Crypto
import Disk
import HTTP
import Media
import MediaHeader
import PictureWorker

/// A received file on its way.
public struct Candidate {
    public var draft: Draft
    public var facts: MediaFacts
    public let originalName: ClientName
    /// SHA-256 of the draft's bytes now, and as they were sent.
    public var sha256: [UInt8]
    public let sentSHA256: [UInt8]
    /// Whether it is of the type that conversions make, because it was converted.
    public var isConverted = false
    /// For the operator's log: what the settings ask for and could not be done, which is no reason to refuse the file.
    public var remarks: [String] = []
}

/// The operator's wishes for uploads.
public struct UploadRules: Sendable {
    /// Bytes.
    public var imageLimit: Int
    /// Bytes.
    public var videoLimit: Int
    public var acceptsVideos: Bool
    public var limits: MediaLimits
    /// Pixels across and down, of pictures that are decoded.
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

/// Turns a received draft into a file that may be kept.
public struct UploadPipeline {
    let rules: UploadRules
    let worker: PictureWorker
    /// Where a step writes a new version of the file.
    let newDraft: () throws -> Draft

    public init(rules: UploadRules, worker: PictureWorker, newDraft: @escaping () throws -> Draft) {
        self.rules = rules
        self.worker = worker
        self.newDraft = newDraft
    }

    private static var steps: [(UploadPipeline) -> (inout Candidate) throws -> Void] { [
        refuseDisabledVideo,
        refuseOverSize,
        refuseOtherDimensions,
        inspectVectorGraphic,
        remake,
        stripMetadata,
    ] }

    /// The received file after all steps.
    ///
    /// - Throws: `MediaRefusal`, `PictureFailure`, `DiskError`, or a `Problem` with the published message.
    public func prepare(_ received: ReceivedFile) throws -> Candidate {
        let facts = try MediaHeader.read(received.draft, nameHint: received.originalName.text, limits: rules.limits)
        var candidate = Candidate(draft: received.draft, facts: facts, originalName: received.originalName,
                                  sha256: received.sha256, sentSHA256: received.sha256)
        for step in UploadPipeline.steps { try step(self)(&candidate) }
        return candidate
    }

    private func refuseDisabledVideo(_ candidate: inout Candidate) throws {
        guard candidate.facts.type.kind == .image || rules.acceptsVideos else {
            throw UploadRefusal.videoDisabled
        }
    }

    private func refuseOverSize(_ candidate: inout Candidate) throws {
        let limit = candidate.facts.type.kind == .image ? rules.imageLimit : rules.videoLimit
        guard candidate.draft.size <= limit else { throw UploadRefusal.overSize(candidate.draft.size, limit: limit) }
    }

    /// Height before width, and too low before too high: of several reasons EasyImages told the last it found.
    private func refuseOtherDimensions(_ candidate: inout Candidate) throws {
        guard candidate.facts.type.isDecodable, let width = candidate.facts.width, let height = candidate.facts.height else { return }
        if height < rules.heights.lowerBound { throw UploadRefusal.tooLow }
        if height > rules.heights.upperBound { throw UploadRefusal.tooHigh }
        if width < rules.widths.lowerBound { throw UploadRefusal.tooNarrow }
        if width > rules.widths.upperBound { throw UploadRefusal.tooWide }
    }

    private func inspectVectorGraphic(_ candidate: inout Candidate) throws {
        guard candidate.facts.type == .svg else { return }
        do {
            (candidate.facts.width, candidate.facts.height) = try worker.inspectSVG(candidate.draft.descriptor)
        } catch PictureFailure.refused(let because) { throw UploadRefusal.activeGraphic(because: because) }
    }

    /// Pictures are written anew without it; in videos it is blanked in place, because nothing in them may move.
    private func stripMetadata(_ candidate: inout Candidate) throws {
        guard rules.stripsMetadata else { return }
        switch candidate.facts.type {
        case .mp4, .mov, .m4v:
            let patches = try VideoMetadata.blankLocations(candidate.draft)
            for patch in patches { try candidate.draft.blank(patch) }
            if !patches.isEmpty { try candidate.replace(by: candidate.draft) }
        default:
            let stripped = try newDraft()
            if try MetadataStripper.strip(candidate.draft, limits: rules.limits, into: stripped.write) {
                try candidate.replace(by: stripped)
            }
        }
    }
}

extension Candidate {
    /// Goes on with other bytes, which are hashed again.
    mutating func replace(by other: Draft) throws {
        draft = other
        let hash = SHA256()
        try other.forEachPiece(hash.update)
        sha256 = hash.finish()
    }
}

extension Draft {
    /// Puts the replacement in place, and zeros behind it.
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
