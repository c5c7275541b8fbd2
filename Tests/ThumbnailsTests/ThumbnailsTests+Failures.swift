// Thumbnails that are not made, and whose fault that is.

import Disk
import Glibc
import Media
import PictureWorker
import TestSupport
import Testing
@testable import Thumbnails

extension ThumbnailsTests {
    @Test func failureIsRemembered() throws {
        let site = try Site()
        // Headers that are good, and no picture behind them.
        let path = site.put(Sample.pngHeader(100, 100), "a.png")
        let service = try site.service(executable: site.countingWorker())
        for w in ["16", "32", "48"] {
            #expect(try service.thumbnail(of: path, ThumbnailShape(["w": w].reader)) == .notAPicture)
        }
        #expect(site.worked == 1)
    }

    /// A wish can be more work than a worker may do; the next, modest one of somebody else must not suffer.
    @Test func tooMuchWorkIsNotThePicturesFault() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(10, 10), "a.bmp")
        let plain = ThumbnailShape().geometry(sourceWidth: 10, sourceHeight: 10)
        let claims = try #require(PictureClaims(MediaFacts(type: .bmp, width: 10, height: 10, orientation: 1)))
        let plainWords = PictureJob.thumbnail(claims, plain, .plain, quality: 90).arguments.count
        let log = "\(site.scratch.path)/count"
        let service = try site.service(executable: site.scratch.script(
            "echo x >> \(log); [ $# -gt \(plainWords) ] && kill -XCPU $$; exec \(pictureExecutable) \"$@\""))
        for _ in 1...2 { #expect(try service.thumbnail(of: path, ThumbnailShape(["f": "9|9"].reader)) == .notAPicture) }
        #expect(site.worked == 1)
        #expect(try service.thumbnail(of: path, ThumbnailShape()) == .cached("2024/04/a.bmp/w258h258q90z1.bmp"))
        #expect(try service.thumbnail(of: path, ThumbnailShape(["f": "9|8"].reader)) == .notAPicture)
        #expect(site.worked == 3)
    }

    @Test func brokenWorkerIsNotThePicturesFault() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(10, 10), "a.bmp")
        let broken = try site.service(executable: "/nonexistent")
        #expect(throws: PictureFailure.self) { try broken.thumbnail(of: path, ThumbnailShape()) }
        #expect(try site.service().thumbnail(of: path, ThumbnailShape()) == .cached("2024/04/a.bmp/w258h258q90z1.bmp"))
    }

    /// A worker that is killed while the file `kill` is there.
    private func mortalWorker(_ site: Site) -> String {
        site.scratch.script("echo x >> \(site.scratch.path)/count; [ -e \(site.scratch.path)/kill ] && kill -KILL $$; exec \(pictureExecutable) \"$@\"")
    }

    @Test func killedWorkerLeavesNoMark() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(10, 10), "a.bmp")
        let service = try site.service(executable: mortalWorker(site))
        site.scratch.write([], as: "kill")
        for _ in 1...2 {
            let failure = #expect(throws: PictureFailure.self) { try service.thumbnail(of: path, ThumbnailShape()) }
            #expect(failure?.status == 503 && failure?.retryAfter == 5)
        }
        unlink("\(site.scratch.path)/kill")
        #expect(try service.thumbnail(of: path, ThumbnailShape()) == .cached("2024/04/a.bmp/w258h258q90z1.bmp"))
    }

    @Test func pictureThatBringsTheMachineDownRestsForAnHour() throws {
        let site = try Site()
        let (path, other) = (site.put(Sample.bmp(10, 10), "a.bmp"), site.put(Sample.bmp(10, 10), "b.bmp"))
        let service = try site.service(executable: mortalWorker(site))
        site.scratch.write([], as: "kill")
        for w in ["16", "32", "48"] {
            #expect(throws: PictureFailure.self) { try service.thumbnail(of: path, ThumbnailShape(["w": w].reader)) }
        }
        unlink("\(site.scratch.path)/kill")
        let failure = #expect(throws: PictureFailure.self) { try service.thumbnail(of: path, ThumbnailShape()) }
        #expect(failure?.status == 503 && (3590...3600).contains(failure?.retryAfter ?? 0) && failure?.because.contains("interrupted-*") == true)
        #expect(site.worked == 3)
        #expect(try service.thumbnail(of: other, ThumbnailShape()) == .cached("2024/04/b.bmp/w258h258q90z1.bmp"))

        // The hour is over, and the picture no older than its marks.
        let before = time(nil) - 3601
        for file in ["uploads/2024/04/a.bmp"] + (1...3).map({ "thumbs/2024/04/a.bmp/interrupted-\($0)" }) {
            var old = [timeval(tv_sec: before, tv_usec: 0), timeval(tv_sec: before, tv_usec: 0)]
            #expect(utimes("\(site.scratch.path)/\(file)", &old) == 0)
        }
        #expect(try service.thumbnail(of: path, ThumbnailShape()) == .cached("2024/04/a.bmp/w258h258q90z1.bmp"))
    }

    @Test func interruptionsOfOtherHoursAreForgotten() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(10, 10), "a.bmp")
        let service = try site.service(executable: mortalWorker(site))
        site.scratch.write([], as: "kill")
        let before = time(nil) - 3601
        var old = [timeval(tv_sec: before, tv_usec: 0), timeval(tv_sec: before, tv_usec: 0)]
        utimes("\(site.scratch.path)/uploads/2024/04/a.bmp", &old)
        for _ in 1...6 {
            let failure = #expect(throws: PictureFailure.self) { try service.thumbnail(of: path, ThumbnailShape()) }
            #expect(failure?.retryAfter == 5)
            utimes("\(site.scratch.path)/thumbs/2024/04/a.bmp/interrupted-1", &old)
        }
        #expect(try Folder("\(site.scratch.path)/thumbs/2024/04/a.bmp").entries() == ["interrupted-1"])
    }
}
