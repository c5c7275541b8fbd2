// The service on real folders, with the real worker: what is made, what is kept, what is refused, what is done once.

import Disk
import Glibc
import Media
import PictureWorker
import TestSupport
import Testing
@testable import Thumbnails

/// A site's folders, with as many services on them as a test wants processes.
final class Site {
    let scratch = TemporaryFolder()

    init() throws {
        let root = try Folder(scratch.path)
        for name in ["uploads/2024/04", "thumbs", "run"] { _ = try root.folder(name, creates: true) }
    }

    func service(executable: String = pictureExecutable) throws -> Thumbnails {
        let worker = PictureWorker(executable: executable, runFolder: "\(scratch.path)/run", slots: 2, deadline: 120)
        return try Thumbnails(
            uploads: Folder("\(scratch.path)/uploads"), cache: Folder("\(scratch.path)/thumbs"), locks: Folder("\(scratch.path)/run"),
            worker: worker)
    }

    func put(_ bytes: [UInt8], _ name: String) -> StoredPath {
        scratch.write(bytes, as: "uploads/2024/04/\(name)")
        return StoredPath("2024/04/\(name)")!
    }

    /// A worker that leaves a line for each picture it is given.
    func countingWorker(pause: String = "0") -> String {
        scratch.script("echo x >> \(scratch.path)/count; sleep \(pause); exec \(pictureExecutable) \"$@\"")
    }

    var worked: Int { scratch.read("count").count / 2 }
}

@Suite struct ThumbnailsTests {
    @Test func isMadeOnceAndKept() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(60, 40), "a.bmp")
        let service = try site.service(executable: site.countingWorker())
        for _ in 0..<3 {
            #expect(try service.thumbnail(of: path, ThumbnailShape()) == .cached("2024/04/a.bmp/w258h258q90z1.bmp"))
        }
        #expect(site.worked == 1)
        let bytes = site.scratch.read("thumbs/2024/04/a.bmp/w258h258q90z1.bmp")
        #expect(Array(bytes[18...19]) == Sample.little(258, 2) && Array(bytes[22...23]) == Sample.little(258, 2))
    }

    /// The picture gets other bytes while its thumbnail is made of the former ones.
    @Test func isThatOfThePictureThatCameMeanwhile() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(60, 40), "a.bmp")
        site.scratch.write(Sample.bmp(40, 60), as: "next")
        let uploads = "\(site.scratch.path)/uploads/2024/04"
        let worker = site.scratch.script("mv \(site.scratch.path)/next \(uploads)/a.bmp 2>/dev/null; exec \(pictureExecutable) \"$@\"")
        let service = try site.service(executable: worker)
        let file = "thumbs/2024/04/a.bmp/w100h0q90z1.bmp"
        let shape = ThumbnailShape(["w": "100"].reader)
        #expect(try service.thumbnail(of: path, shape) == .cached(String(file.dropFirst("thumbs/".count))))
        let bytes = site.scratch.read(file)
        #expect(Array(bytes[18...19]) == Sample.little(100, 2) && Array(bytes[22...23]) == Sample.little(150, 2))
    }

    /// A picture that is replaced so many times while its thumbnail is made, each time with all its thumbnails.
    private func replacedWhileMade(_ times: Int) throws -> (site: Site, path: StoredPath, service: Thumbnails) {
        let site = try Site(), folder = site.scratch.path
        let path = site.put(Sample.bmp(60, 40), "a.bmp")
        for number in 1...times { site.scratch.write(Sample.bmp(40, 60 + 20 * number), as: "next-\(number)") }
        let worker = site.scratch.script("""
            n=$(($(cat \(folder)/replaced 2>/dev/null || echo 0) + 1)); echo $n > \(folder)/replaced
            [ ! -e \(folder)/next-$n ] || { mv \(folder)/next-$n \(folder)/uploads/2024/04/a.bmp; rm -r \(folder)/thumbs/2024/04/a.bmp; }
            exec \(pictureExecutable) "$@"
            """)
        return (site, path, try site.service(executable: worker))
    }

    @Test func aPictureThatIsReplacedTwiceWhileItsThumbnailIsMade() throws {
        let (site, path, service) = try replacedWhileMade(2)
        #expect(try service.thumbnail(of: path, ThumbnailShape(["w": "100"].reader)) == .cached("2024/04/a.bmp/w100h0q90z1.bmp"))
        let bytes = site.scratch.read("thumbs/2024/04/a.bmp/w100h0q90z1.bmp")
        #expect(Array(bytes[18...19]) == Sample.little(100, 2) && Array(bytes[22...23]) == Sample.little(250, 2), "that of the last one")
    }

    /// It is told to come back, as nothing is wrong with picture or installation.
    @Test func aPictureThatIsReplacedAgainAndAgain() throws {
        let (site, path, service) = try replacedWhileMade(Thumbnails.tries)
        let failure = #expect(throws: PictureFailure.self) { try service.thumbnail(of: path, ThumbnailShape(["w": "100"].reader)) }
        #expect(failure?.status == 503 && failure?.retryAfter == 5 && site.scratch.read("replaced") == Array("\(Thumbnails.tries)\n".utf8))
        #expect(try service.thumbnail(of: path, ThumbnailShape(["w": "100"].reader)) == .cached("2024/04/a.bmp/w100h0q90z1.bmp"))
    }

    @Test func sizesAreThoseOfTheShape() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(320, 200), "a.bmp")
        let service = try site.service()
        for (w, h, zc, width, height) in [("100", nil, nil, 100, 62), (nil, "100", nil, 160, 100), ("100", "100", "3", 100, 62),
            ("64", "128", "2", 64, 128), ("99", "99", "0", 99, 99)] as [(String?, String?, String?, Int, Int)] {
            let answer = try service.thumbnail(of: path, ThumbnailShape(["w": w, "h": h, "zc": zc].reader))
            guard case .cached(let file) = answer else { Issue.record("\(answer)"); continue }
            let bytes = site.scratch.read("thumbs/" + file)
            #expect(Array(bytes[18...19]) == Sample.little(width, 2) && Array(bytes[22...23]) == Sample.little(height, 2))
        }
    }

    @Test func whatIsNotDecodedIsAnsweredWithoutAWorker() throws {
        let site = try Site()
        let service = try site.service(executable: "/nonexistent")
        let shape = ThumbnailShape()
        #expect(try service.thumbnail(of: StoredPath("2024/04/none.jpg")!, shape) == .missing)
        #expect(try service.thumbnail(of: StoredPath("2024/04/a/b.jpg")!, shape) == .missing)
        #expect(try service.thumbnail(of: StoredPath("uploads/2024")!, shape) == .missing)
        let svg = Array(#"<svg xmlns="http://www.w3.org/2000/svg"/>"#.utf8)
        #expect(try service.thumbnail(of: site.put(svg, "a.svg"), shape) == .original(.svg))
        #expect(try service.thumbnail(of: site.put(Array("hello".utf8), "a.jpg"), shape) == .notAPicture)
        #expect(try service.thumbnail(of: site.put([], "empty.jpg"), shape) == .notAPicture)
        let tiff: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        #expect(try service.thumbnail(of: site.put(tiff, "a.tiff"), shape) == .notAPicture)
    }

    @Test func headersOverALimitNeverReachTheWorker() throws {
        let site = try Site()
        let service = try site.service(executable: "/nonexistent")
        for (bytes, name) in [
            (Sample.pngHeader(50_000, 50_000), "a.png"), (Sample.webp(16_383, 16_383), "a.webp"),
            (Sample.progressiveJPEG(7000, 7000, scans: 800), "a.jpg"),
        ] {
            #expect(try service.thumbnail(of: site.put(bytes, name), ThumbnailShape()) == .notAPicture)
        }
    }

    @Test func folderIsNoPicture() throws {
        let site = try Site()
        errno = 0
        #expect(try site.service().thumbnail(of: StoredPath("2024/04")!, ThumbnailShape()) == .missing)
    }

    @Test func linkIsNotFollowed() throws {
        let site = try Site()
        let target = site.scratch.write(Sample.bmp(10, 10), as: "outside.bmp")
        symlink(target, "\(site.scratch.path)/uploads/2024/04/link.bmp")
        #expect(try site.service().thumbnail(of: StoredPath("2024/04/link.bmp")!, ThumbnailShape()) == .missing)
    }

    @Test func newerPictureIsMadeAgain() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(10, 10), "a.bmp")
        let service = try site.service(executable: site.countingWorker())
        _ = try service.thumbnail(of: path, ThumbnailShape())
        let file = "\(site.scratch.path)/thumbs/2024/04/a.bmp/w258h258q90z1.bmp"
        var old = [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)]
        utimes(file, &old)
        _ = try service.thumbnail(of: path, ThumbnailShape())
        #expect(site.worked == 2)
    }

    @Test func onePictureKeepsSoMany() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(4, 4), "a.bmp")
        let service = try site.service()
        for side in 20..<20 + Thumbnails.mostOfOnePicture + 3 {
            _ = try service.thumbnail(of: path, ThumbnailShape(["w": "\(side)", "h": "16"].reader))
        }
        let kept = try Folder("\(site.scratch.path)/thumbs/2024/04/a.bmp").entries()
        #expect(kept.count == Thumbnails.mostOfOnePicture)
    }

    @Test func twoAtOnceWorkOnce() async throws {
        let site = try Site()
        let path = site.put(Sample.bmp(60, 40), "a.bmp")
        let worker = site.countingWorker(pause: "0.3")
        let services = Unshared([try site.service(executable: worker), try site.service(executable: worker)])
        let answers = try await withThrowingTaskGroup(of: ThumbnailAnswer.self) { group in
            for number in 0..<2 { group.addTask { try services.value[number].thumbnail(of: path, ThumbnailShape()) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == [.cached("2024/04/a.bmp/w258h258q90z1.bmp"), .cached("2024/04/a.bmp/w258h258q90z1.bmp")])
        #expect(site.worked == 1)
    }

    @Test func forgottenIsGone() throws {
        let site = try Site()
        let path = site.put(Sample.bmp(60, 40), "a.bmp")
        let service = try site.service()
        _ = try service.thumbnail(of: path, ThumbnailShape())
        _ = try service.thumbnail(of: path, ThumbnailShape(["w": "16"].reader))
        try service.forget(path)
        #expect(try Folder("\(site.scratch.path)/thumbs/2024/04").entries().isEmpty)
        try service.forget(path)
    }
}

/// Each element is used by one task only.
private struct Unshared<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
