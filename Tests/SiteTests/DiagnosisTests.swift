import Disk
@testable import Site
import TestSupport
import Testing
import Time

@Suite struct DiagnosisTests {
    private let folder = TemporaryFolder()
    private var data: DataFolder { DataFolder(folder.path) }

    private func put(_ text: String) throws { try Folder(data.path).replace(Diagnosis.fileName, with: Array(text.utf8), mode: 0o600) }

    @Test func whatWasFoundLastIsKept() throws {
        #expect(Diagnosis.latest(in: data) == nil && Diagnosis.latest(in: DataFolder(folder.path + "/none")) == nil)
        let notices = [Diagnosis.Notice(.problem, "database: 坏了", repair: "restore it"), Diagnosis.Notice(.warning, "a", repair: "")]
        try Diagnosis.keep(notices, in: data)
        let kept = try #require(Diagnosis.latest(in: data))
        #expect(kept.notices == notices && abs(kept.examinedAt - Now.seconds) < 60)
        #expect(FileStatus(at: data.path + "/doctor.tsv")?.permissions == 0o600)
        try Diagnosis.keep([], in: data)
        #expect(Diagnosis.latest(in: data)?.notices == [])
    }

    /// Names of files stand in these texts.
    @Test func noTextBreaksALine() throws {
        try Diagnosis.keep([Diagnosis.Notice(.warning, "a\tb\nproblem\tx\ty\u{85}\u{2028}", repair: "\u{1B}[2J")], in: data)
        #expect(Diagnosis.latest(in: data)?.notices == [
            Diagnosis.Notice(.warning, "a\\u0009b\\u000aproblem\\u0009x\\u0009y\\u0085\\u2028", repair: "\\u001b[2J"),
        ])
    }

    @Test func itHasALimit() throws {
        let long = Diagnosis.Notice(.problem, "a" + String(repeating: "\u{301}\u{1F44D}", count: 9_000), repair: String(repeating: "长", count: 9_000))
        try Diagnosis.keep(Array(repeating: long, count: 300), in: data)
        let kept = try #require(Diagnosis.latest(in: data))
        #expect(kept.notices.count == 100 && kept.notices.allSatisfy { $0.text.unicodeScalars.count == 1_000 && $0.repair.count == 1_000 })
    }

    @Test(arguments: ["", "\n", "x\nproblem\ta\tb", "-5", "99999999999999999999", "1 2"])
    func whatIsNotUnderstoodDoesNotCount(_ text: String) throws {
        try put(text)
        #expect(Diagnosis.latest(in: data) == nil)
    }

    @Test func linesOfOtherVersionsAreLeftOut() throws {
        try put("7\ndisaster\ta\tb\nproblem\ta\nproblem\ta\tb\tc\nwarning\ta\tb")
        #expect(Diagnosis.latest(in: data) == Diagnosis(examinedAt: 7, notices: [Diagnosis.Notice(.warning, "a", repair: "b")]))
    }
}
