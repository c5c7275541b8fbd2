// What one process writes on the command line, the other reads; and nothing else.

import Confinement
import Media
import Testing
@testable import PictureWorker

@Suite struct PictureJobTests {
    static let claims = PictureClaims(MediaFacts(type: .jpeg, width: 4000, height: 3000, orientation: 6))!
    static let mark = Mark.text(MarkInk(red: 1, green: 2, blue: 3, opacity: 400, size: 20)!, at: MarkPlace(0)!)
    static let jobs: [PictureJob] = [
        .selfTest, .svg, .convert(claims, to: PictureVersion(type: .webp, quality: 80, width: 4000, height: 3000)),
        .convert(claims, to: PictureVersion(type: .webp, quality: 80, width: 40, height: 30, sizeLimit: 7, method: 6)),
        .convert(claims, to: PictureVersion(type: .jpeg, quality: 1, width: 5, height: 6, mark: mark, isWantedUnmarked: false)),
        .convert(claims, to: PictureVersion(type: .gif, quality: 1, width: 5, height: 6, mark: .picture(claims, at: MarkPlace(9)!))),
        .measure(mark),
        .thumbnail(
            claims,
            ThumbnailGeometry(
                cut: .init(left: 1, top: 2, width: 3, height: 4), scaled: .init(left: 5, top: 6, width: 7, height: 8),
                width: 9, height: 10),
            .plain, quality: 11),
    ]

    @Test(arguments: jobs) func comesBack(_ job: PictureJob) {
        #expect(PictureJob(arguments: job.arguments) == job)
    }

    @Test func readsAloud() {
        #expect(Self.jobs.last?.arguments.joined(separator: " ") == "thumbnail jpeg 4000 3000 6 1 2 3 4 5 6 7 8 9 10 11 255 255 255 0")
        #expect(Self.jobs[4].arguments.joined(separator: " ") == "convert jpeg 4000 3000 6 jpeg 1 5 6 0 0 4 1 text 1 2 3 400 20 0")
    }

    static let strangers = [
        "", "self-test 1", "svg x", "thumbnail", "convert jpeg 1 1 1 webp", "convert jpeg 1 1 1 webp 80 1 1 1",
        "convert exe 1 1 1 webp 80 1 1 1 0 4 1", "convert jpeg -1 1 1 webp 80 1 1 1 0 4 1", "convert jpeg 0 1 1 webp 80 1 1 1 0 4 1",
        "convert jpeg 1 1 1 webp 9999999999 1 1 1 0 4 1", "convert svg 1 1 1 webp 80 1 1 1 0 4 1", "convert jpeg 1 1 1 exe 80 1 1 1 0 4 1",
        "thumbnail jpeg 1 1 1 0 0 1 1 0 0 1 1 1 1 x", "convert jpeg 1 +1 1 webp 80 1 1 1 0 4 1", "convert jpeg 1 ١ 1 webp 80 1 1 1 0 4 1",
        "convert jpeg 1 1 1 webp 80 0 1 1 0 4 1", "convert jpeg 1 1 1 webp 80 1 1 2 0 4 1", "convert jpeg 1 1 1 webp 80 1 1 1 x 4 1",
        "convert jpeg 1 1 1 webp 80 1 1 1 0 4 1 x", "convert jpeg 1 1 1 webp 80 1 1 1 0 4 1 text 1 2 3 4 5",
        "convert jpeg 1 1 1 webp 80 1 1 1 0 4 1 text 256 2 3 4 5 6", "convert jpeg 1 1 1 webp 80 1 1 1 0 4 1 text 1 2 3 4 5 10", "measure",
        "convert jpeg 1 1 1 webp 80 1 1 1 0", "convert jpeg 1 1 1 webp 80 1 1 1 0 7 1", "convert jpeg 1 1 1 webp 80 1 1 1 0 4", "convert jpeg 1 1 1 webp 80 1 1 1 0 4 2",
        "measure text 1 2 3 1001 5 6", "measure text 1 2 3 4 0 6", "measure picture svg 1 1 1 1", "measure picture png 1 1 1 10",
        "measure picture png 0 1 1 1", "measure text 1 2 3 4 5 6 7",
    ]

    @Test(arguments: strangers) func isNone(_ line: String) {
        #expect(PictureJob(arguments: line.split(separator: " ").map { String($0) }) == nil)
    }

    static let answers: [PictureAnswer] = [
        .done(width: 3, height: 4), .done(width: nil, height: nil), .refused("x y"), .tooLarge("x"), .broken("x"), .unknownJob, .badMark("x"),
        .full("x"), .noMemory("x"), .diskFailed("x"),
        .confined(ConfinementLayers(landlock: .active(version: 4), isMemoryHidden: true, hasNoNewPrivileges: true)),
    ]

    @Test(arguments: answers) func answerComesBack(_ answer: PictureAnswer) {
        #expect(PictureAnswer(code: answer.code, line: answer.line) == answer)
    }

    @Test func othersAreNoAnswer() {
        #expect(PictureAnswer(code: 0, line: "") == nil)
        #expect(PictureAnswer(code: 0, line: "1") == nil)
        #expect(PictureAnswer(code: 0, line: "layers landlock") == nil)
        #expect(PictureAnswer(code: 0, line: "-1 5") == nil)
        #expect(PictureAnswer(code: 1, line: "1 1") == nil)
    }
}
