// The step that decodes pictures. If a change for looks or for smaller files fails, an acceptable picture is stored unchanged, and the
// operator is informed in the log. Only a watermark is mandatory, because nobody would notice that it is missing.

import Media
import MediaHeader
import PictureWorker

extension UploadPipeline {
    /// Converts, scales, rotates and marks in one pass of the picture worker; most uploads need none.
    func remake(_ candidate: inout Candidate) throws {
        var wishes = rules.wishes
        if try isDone(wishes, &candidate) { return }
        // Retry without the conversion: scaling and the mark may still succeed.
        wishes.conversion = nil
        _ = try isDone(wishes, &candidate)
    }

    /// - Returns: false if the picture caused the failure and a retry without conversion is possible.
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
        // Empty if the mark was the only change and did not fit, or if the original is smaller.
        guard remade.size > 0 else { return }
        candidate.facts = try MediaHeader.read(remade, limits: rules.limits)
        candidate.isConverted = plan.isConverted
        try candidate.replace(by: remade)
    }
}

extension PictureFailure {
    /// Whether the upload is stored without the change that failed. Not if the disk is full, which affects the upload too, nor if the
    /// installation is incomplete, which must be repaired.
    var leavesThePictureAsItIs: Bool {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed, .busy, .interrupted, .resting: true
        case .full, .broken, .badMark: false
        }
    }
}
