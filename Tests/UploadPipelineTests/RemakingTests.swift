// What happens to an upload when the settings ask for something that cannot be done: it is kept as it was sent, and the operator told;
// only the mark must be put.

import Disk
import Glibc
import Media
import PictureWorker
import TestSupport
import Testing
@testable import UploadPipeline

@Suite struct RemakingTests {
    private let scratch = TemporaryFolder()

    /// The candidate that comes of a bitmap when a script stands in the worker's place.
    private func prepared(_ script: String, _ wishes: PictureWishes, _ bytes: [UInt8] = Sample.bmp(60, 40), mark: Watermark? = nil) throws -> Candidate {
        let folder = try Folder(scratch.path)
        let worker = PictureWorker(executable: scratch.script(script), runFolder: scratch.path, slots: 1, deadline: 10)
        let rules = UploadRules(
            imageLimit: 1 << 20, videoLimit: 1 << 20, acceptsVideos: false, limits: MediaLimits(), widths: 1...9999, heights: 1...9999,
            stripsMetadata: false, wishes: wishes, watermark: mark)
        let draft = try Draft(in: folder)
        try bytes.withUnsafeBytes(draft.write)
        let received = ReceivedFile(draft: draft, originalName: ClientName("a.bmp"), sha256: [1], md5: nil)
        return try UploadPipeline(rules: rules, worker: worker, newDraft: { try Draft(in: folder) }).prepare(received)
    }

    private static let toPNG = PictureWishes(conversion: Conversion(type: .png))
    private static let work = "exec \(pictureExecutable) \"$@\""

    @Test func whatCanBeDoneIsDoneWithoutARemark() throws {
        let found = try prepared(Self.work, Self.toPNG)
        #expect(found.facts.type == .png && found.isConverted && found.remarks.isEmpty)
    }

    @Test(arguments: ["exit 70", "exit 71", "exit 76", "exit 77", "kill -SEGV $$", "kill -XCPU $$", "kill -KILL $$"])
    func pictureIsKeptAsItWasSent(_ script: String) throws {
        for (wishes, setting) in [(Self.toPNG, "convert_format"), (PictureWishes(scale: 50), "scale_uploads")] {
            let found = try prepared(script, wishes)
            #expect(found.facts.type == .bmp && !found.isConverted && found.sha256 == [1])
            #expect(found.remarks.count == 1 && found.remarks[0].contains("without \(setting): "))
        }
    }

    @Test(arguments: [("exit 75", 507), ("exit 72", 500)]) func fullDiskAndBrokenInstallationAreNoOptions(_ script: String, _ status: Int) {
        let failure = #expect(throws: PictureFailure.self) { _ = try prepared(script, Self.toPNG) }
        #expect(failure?.status == status)
    }

    @Test func conversionThatFailsDoesNotKeepTheOthersFromBeingDone() throws {
        let wishes = PictureWishes(conversion: Conversion(type: .png), scale: 50)
        let found = try prepared("case \"$*\" in *png*) exit 71;; esac; \(Self.work)", wishes)
        #expect(found.facts.type == .bmp && found.facts.width == 30 && found.remarks.count == 1)
    }

    @Test func markMustBePut() throws {
        scratch.write(Sample.bmp(6, 4), as: "mark.bmp")
        let mark = Watermark(.picture("\(scratch.path)/mark.bmp"), at: MarkPlace(1)!, setting: "watermark_picture")
        for script in ["exit 70", "kill -SEGV $$", "kill -KILL $$"] {
            #expect(throws: PictureFailure.self) { _ = try prepared(script, Self.toPNG, mark: mark) }
            #expect(throws: PictureFailure.self) { _ = try prepared(script, PictureWishes(), mark: mark) }
        }
        let found = try prepared("case \"$*\" in *png*) exit 71;; esac; \(Self.work)", Self.toPNG, mark: mark)
        #expect(found.facts.type == .bmp && found.sha256 != [1] && found.remarks.count == 1)
    }

    @Test func smallerFileIsKeptWithoutARemark() throws {
        let found = try prepared(Self.work, PictureWishes(conversion: Conversion(type: .jpeg), quality: 100), Sample.bmp(2, 2))
        #expect(found.facts.type == .bmp && !found.isConverted && found.remarks.isEmpty)
    }
}
