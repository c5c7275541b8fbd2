// The step that needs pixels. What it is asked for is done for looks or for smaller files, so a picture that is fine without it is kept as
// it was sent, and the operator hears why. Only the watermark must be: nobody would notice that it is missing.

import Media
import MediaHeader
import PictureWorker

extension UploadPipeline {
    /// Converts, scales, turns and marks in one pass of the picture worker; most uploads need none.
    func remake(_ candidate: inout Candidate) throws {
        var wishes = rules.wishes
        if try isDone(wishes, &candidate) { return }
        // There may be a mark yet to put, and sides to scale.
        wishes.conversion = nil
        _ = try isDone(wishes, &candidate)
    }

    /// - Returns: false when the picture would not have it, and may do without the conversion.
    private func isDone(_ wishes: PictureWishes, _ candidate: inout Candidate) throws -> Bool {
        let mark = candidate.facts.stillSize == nil ? nil : try rules.watermark?.open()
        guard let plan = PicturePlan(wishes, for: candidate.facts, named: candidate.originalName, mark: mark?.mark) else { return true }
        do {
            try carryOut(plan, mark, &candidate)
            return true
        } catch let failure as PictureFailure where failure.leavesThePictureAsItIs {
            let mayTryAgain = plan.isConverted && failure.isThePicturesFault
            guard mayTryAgain || plan.version.mark == nil else { throw failure }
            candidate.remarks.append("done without \(plan.settings): \(failure.because)")
            return !mayTryAgain
        }
    }

    private func carryOut(_ plan: PicturePlan, _ mark: OpenMark?, _ candidate: inout Candidate) throws {
        let remade = try newDraft()
        var version = plan.version
        if plan.keepsSmaller { version.sizeLimit = candidate.draft.size - 1 }
        do {
            try worker.convert(candidate.draft.descriptor, from: candidate.facts, to: version,
                               with: version.mark == nil ? nil : mark, into: remade.descriptor)
        } catch PictureFailure.badMark(let because) {
            throw WatermarkFailure(setting: rules.watermark?.setting ?? "watermark", because: because)
        }
        try remade.measure()
        // Empty when only the mark was wanted, and it had no room, or when the smaller file is the one that was sent.
        guard remade.size > 0 else { return }
        candidate.facts = try MediaHeader.read(remade, limits: rules.limits)
        candidate.isConverted = plan.isConverted
        try candidate.replace(by: remade)
    }
}

extension PictureFailure {
    /// Whether the upload is kept when what failed may be left out. A full disk has no room for it either, and an installation that
    /// lacks something is to be mended.
    var leavesThePictureAsItIs: Bool {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed, .busy, .interrupted, .resting: true
        case .full, .broken, .badMark: false
        }
    }
}
