// What the operator sets for the cache and the disk holds for each thumbnail, not only after the next trimming.

import Disk
import Glibc
import Media
import PictureWorker
import TestSupport
import Testing
@testable import Thumbnails

@Suite struct CacheBoundsTests {
    /// A BMP of 100 x 100 has 30,138 bytes.
    private func shape(_ side: Int) -> ThumbnailShape { ThumbnailShape(width: side, height: side, mode: .stretch) }

    private func kept(_ site: Site) throws -> [String: Int] {
        var found: [String: Int] = [:]
        let root = try Folder("\(site.scratch.path)/thumbs/2024/04")
        for picture in try root.entries() {
            for name in try root.folder(picture).entries() { found["\(picture)/\(name)"] = try root.file("\(picture)/\(name)").size }
        }
        return found
    }

    @Test func theOldestGoBeforeAnotherComes() throws {
        let site = try Site()
        let service = try site.service()
        let bounds = ThumbnailBounds(cacheBytes: 100_000)
        for number in 1...6 {
            let path = site.put(Sample.bmp(120, 120), "\(number).bmp")
            guard case .cached(let file) = try service.thumbnail(of: path, shape(100), bounds) else { Issue.record("not made"); return }
            var times = [timeval(tv_sec: 4_000_000_000 + number, tv_usec: 0), timeval(tv_sec: 4_000_000_000 + number, tv_usec: 0)]
            #expect(utimes("\(site.scratch.path)/thumbs/\(file)", &times) == 0)
            let kept = try kept(site)
            #expect(kept.values.reduce(0, +) <= 100_000 && kept.keys.contains { $0.hasPrefix("\(number).bmp/") })
        }
        #expect(try kept(site).keys.allSatisfy { !$0.hasPrefix("1.bmp") })
    }

    @Test func theSizeIsCountedAnewWhereItIsNotKnown() throws {
        let site = try Site()
        let service = try site.service()
        let path = site.put(Sample.bmp(120, 120), "a.bmp")
        _ = try service.thumbnail(of: path, shape(100), ThumbnailBounds(cacheBytes: 1 << 20))
        #expect(site.scratch.read("run/locks/cache-size") == Array("30138".utf8))
        // A crash between counting and putting in place leaves too much; trimming counts again.
        site.scratch.write(Array("99999999".utf8), as: "run/locks/cache-size")
        try service.trim(to: 1 << 20)
        #expect(site.scratch.read("run/locks/cache-size") == Array("30138".utf8))
    }

    /// What is kept is sent whatever was made before; what is not made counts for nobody.
    @Test func onlyWhatIsMadeCounts() throws {
        struct None: Error {}
        let site = try Site()
        let service = try site.service()
        var left = 2
        let allowance = ThumbnailAllowance(look: { guard left > 0 else { throw None() } }, take: { left -= 1 })
        let bounds = ThumbnailBounds(allowance: allowance)
        let (path, text) = (site.put(Sample.bmp(120, 120), "a.bmp"), site.put(Array("GIF89a".utf8), "b.gif"))
        for side in [100, 100, 50, 100, 50] { _ = try service.thumbnail(of: path, shape(side), bounds) }
        #expect(left == 0)
        #expect(throws: None.self) { try service.thumbnail(of: path, shape(60), bounds) }
        #expect(try service.thumbnail(of: text, shape(60), bounds) == .notAPicture && left == 0)
        _ = try service.thumbnail(of: path, shape(60))
        #expect(try service.thumbnail(of: path, shape(60), bounds) == .cached("2024/04/a.bmp/\(shape(60).cacheName("bmp"))"))
    }

    @Test func whatCannotBeKeptIsShownWhole() throws {
        let site = try Site()
        let service = try site.service(executable: site.countingWorker())
        let path = site.put(Sample.bmp(120, 120), "a.bmp")
        #expect(try service.thumbnail(of: path, shape(100), ThumbnailBounds(cacheBytes: 1000)) == .original(.bmp))
        #expect(try service.thumbnail(of: path, shape(100), ThumbnailBounds(freeBytes: .max)) == .original(.bmp))
        #expect(site.worked == 1)
        #expect(try Folder("\(site.scratch.path)/thumbs/2024/04/a.bmp").entries().isEmpty)
    }

    @Test func oneClientWaitsForItselfAlone() throws {
        let site = try Site()
        let service = try site.service()
        let other = try Folder("\(site.scratch.path)/run/locks")
        let name = "client-\(Thumbnails.hash("192.0.2.1") % Thumbnails.stripes)"
        let held = try #require(try other.lock(name))
        let path = site.put(Sample.bmp(120, 120), "a.bmp")
        guard case .cached = try service.thumbnail(of: path, shape(16), ThumbnailBounds(client: "192.0.2.2")) else {
            Issue.record("another client waited"); return
        }
        let failure = #expect(throws: PictureFailure.self) {
            _ = try service.thumbnail(of: path, shape(17), ThumbnailBounds(client: "192.0.2.1"))
        }
        #expect(failure?.status == 503 && failure?.retryAfter != nil)
        // What is there is not waited for.
        #expect(try service.thumbnail(of: path, shape(16), ThumbnailBounds(client: "192.0.2.1")) == .cached("2024/04/a.bmp/\(shape(16).cacheName("bmp"))"))
        withExtendedLifetime(held) {}
    }

    @Test func theLastHourGoesOnlyInPart() throws {
        let site = try Site()
        _ = try Folder("\(site.scratch.path)/thumbs").folder("2024/04/a.bmp", creates: true)
        for number in 1...5 {
            let path = site.scratch.write([UInt8](repeating: 1, count: 100), as: "thumbs/2024/04/a.bmp/\(number)")
            var times = [timeval(tv_sec: 36_000 + number, tv_usec: 0), timeval(tv_sec: 36_000 + number, tv_usec: 0)]
            utimes(path, &times)
        }
        #expect(try site.service().trim(to: 250) == 3)
        #expect(try Set(kept(site).keys) == ["a.bmp/4", "a.bmp/5"])
    }
}
