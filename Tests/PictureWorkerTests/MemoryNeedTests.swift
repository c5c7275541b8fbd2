// Needs against peaks of anonymous memory that were measured with the worker (in MB of 1,048,576 bytes): never below, and not far above.

import Disk
import Media
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct MemoryNeedTests {
    struct Peak: Sendable {
        let type: MediaType
        let width: Int
        let height: Int
        let job: Job
        let megabytes: Int
        var isRGB = true
        var isProgressive = false
        var orientation = 1

        enum Job: Sendable {
            case thumbnail(Int, Int)
            case convert(MediaType, scale: Double = 1, quality: Int = 80, spares: Bool = true)
        }

        var need: Int {
            var facts = MediaFacts(type: type, storedWidth: width, storedHeight: height, orientation: orientation)
            (facts.isRGB, facts.isProgressive) = (isRGB, isProgressive)
            let need = MemoryNeed(PictureClaims(facts)!, facts)
            let (wide, high) = (facts.width!, facts.height!)
            switch job {
            case .thumbnail(let w, let h):
                let whole = ThumbnailGeometry.Rectangle(left: 0, top: 0, width: wide, height: high)
                let geometry = ThumbnailGeometry(cut: whole, scaled: .init(left: 0, top: 0, width: w, height: h), width: w, height: h)
                return need.thumbnail(geometry, .plain, quality: 90)
            case .convert(let type, let scale, let quality, let spares):
                let (w, h) = (Int(Double(wide) * scale), Int(Double(high) * scale))
                var version = PictureVersion(type: type, quality: quality, width: w, height: h)
                version.sparesMemory = spares
                return need.conversion(to: version)
            }
        }
    }

    static let peaks: [Peak] = [
        .init(type: .jpeg, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 16),
        .init(type: .jpeg, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 79, isProgressive: true),
        .init(type: .jpeg, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 150, isProgressive: true),
        .init(type: .jpeg, width: 6000, height: 4000, job: .thumbnail(2048, 2048), megabytes: 310),
        .init(type: .jpeg, width: 6000, height: 4000, job: .thumbnail(2048, 2048), megabytes: 367, orientation: 6),
        .init(type: .jpeg, width: 4000, height: 3000, job: .thumbnail(2048, 2048), megabytes: 187),
        .init(type: .jpeg, width: 4000, height: 3000, job: .thumbnail(2048, 1536), megabytes: 185),
        .init(type: .jpeg, width: 8192, height: 5464, job: .thumbnail(2048, 1366), megabytes: 151),
        .init(type: .jpeg, width: 8192, height: 5464, job: .thumbnail(2048, 1366), megabytes: 172, isRGB: false),
        .init(type: .png, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 197),
        .init(type: .png, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 242, isRGB: false),
        .init(type: .png, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 459, isRGB: false, orientation: 6),
        .init(type: .png, width: 8192, height: 5464, job: .thumbnail(258, 258), megabytes: 360),
        .init(type: .bmp, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 249),
        .init(type: .webp, width: 6000, height: 4000, job: .thumbnail(258, 258), megabytes: 298),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.webp), megabytes: 369),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.webp), megabytes: 412, isRGB: false),
        .init(type: .jpeg, width: 8192, height: 5464, job: .convert(.webp), megabytes: 632),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.webp), megabytes: 169),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.webp, quality: 100), megabytes: 483),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.webp, scale: 0.8), megabytes: 448),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.webp, spares: false), megabytes: 327),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.webp, quality: 99, spares: false), megabytes: 449),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.jpeg), megabytes: 284),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.jpeg), megabytes: 412, isRGB: false),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.jpeg), megabytes: 367, orientation: 6),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.jpeg, scale: 0.5), megabytes: 322),
        .init(type: .jpeg, width: 6000, height: 4000, job: .convert(.png), megabytes: 253),
        .init(type: .png, width: 6000, height: 4000, job: .convert(.png), megabytes: 410, isRGB: false),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.gif), megabytes: 318),
        .init(type: .jpeg, width: 4000, height: 3000, job: .convert(.bmp), megabytes: 160),
    ]

    @Test(arguments: peaks) func isEnoughAndNotFarAbove(_ peak: Peak) {
        #expect(peak.need >= peak.megabytes << 20)
        #expect(peak.need <= (peak.megabytes * 3 / 2 + 32) << 20 || peak.isProgressive)
    }

    /// Two slots; a photograph of 12 megapixels needs 198 MB where memory is spared and 336 where it is not.
    @Test(arguments: [(512, 2560, true), (512, 4000, false), (1024, 4000, true), (4096, 5000, false)])
    func memoryIsSparedWhereItIsScarce(megabytes: Int, width: Int, isQuick: Bool) throws {
        let folder = TemporaryFolder()
        let worker = PictureWorker(executable: "/nowhere", runFolder: folder.path, slots: 2, memory: { MachineMemory.share(of: megabytes << 20) })
        let facts = MediaFacts(type: .jpeg, width: width, height: width * 3 / 4)
        let version = PictureVersion(type: .webp, quality: 80, width: width, height: width * 3 / 4)
        #expect(try worker.quickest(version, MemoryNeed(PictureClaims(facts)!, facts)).sparesMemory == !isQuick)
    }

    /// On a machine of 512 MB the pictures of today's cameras are made, one at a time.
    @Test func halfAGigabyteIsEnoughForCameras() {
        let small = MachineMemory.share(of: 512 << 20)
        for job in [Peak.Job.convert(.webp), .convert(.jpeg), .thumbnail(2048, 2048)] {
            #expect(Peak(type: .jpeg, width: 6000, height: 4000, job: job, megabytes: 0).need <= small)
        }
        #expect(Peak(type: .jpeg, width: 8192, height: 5464, job: .thumbnail(258, 258), megabytes: 0).need <= small / 8)
    }

    /// The table in docs/settings.md.
    @Test func theManualIsRight() throws {
        func row(_ name: String, _ job: Peak.Job, _ type: MediaType = .jpeg, isProgressive: Bool = false, orientation: Int = 1) -> String {
            let needs = [(4000, 3000), (6000, 4000), (8192, 6100)].map { width, height in
                Peak(type: type, width: width, height: height, job: job, megabytes: 0, isProgressive: isProgressive,
                     orientation: orientation).need >> 20
            }
            return "| \(name) | " + needs.map { "\($0)" }.joined(separator: " | ") + " |"
        }
        let home = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let bytes = try Folder(home + "/docs").bytes(of: "settings.md", limit: 1 << 20)
        let manual = String(decoding: try #require(bytes), as: UTF8.self)
        for row in [
            row("JPEG to a thumbnail of 258 x 258", .thumbnail(258, 258)),
            row("the same, of a progressive JPEG", .thumbnail(258, 258), isProgressive: true),
            row("the same, of a PNG", .thumbnail(258, 258), .png), row("JPEG to JPEG", .convert(.jpeg)),
            row("JPEG to WebP", .convert(.webp)), row("JPEG turned upright", .convert(.jpeg), orientation: 6),
            row("JPEG to GIF", .convert(.gif)),
        ] {
            #expect(manual.contains(row))
        }
    }
}
