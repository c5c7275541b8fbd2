// Which of the installed fonts is taken for a mark.

import TestSupport
import Testing
@testable import UploadPipeline

@Suite struct SystemFontTests {
    private func found(_ text: String, among names: [String]) -> String? {
        let scratch = TemporaryFolder()
        for name in names { scratch.write([], as: name) }
        return SystemFont.find(for: [text], below: scratch.path).map { String($0.dropFirst(scratch.path.count + 1)) }
    }

    @Test(arguments: [
        ("Mark", ["DejaVuSans.ttf", "wqy-zenhei.ttc"], "DejaVuSans.ttf"), ("图床", ["DejaVuSans.ttf", "wqy-zenhei.ttc"], "wqy-zenhei.ttc"),
        ("图床", ["wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"], "NotoSansCJK-Regular.ttc"),
        ("한", ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf"], "DejaVuSans.ttf"), ("a", ["zebra.otf", "read.me"], "zebra.otf"),
        ("a", ["read.me"], nil), ("a", [], nil),
    ] as [(String, [String], String?)])
    func choice(text: String, names: [String], font: String?) { #expect(found(text, among: names) == font) }

    @Test func folderThatIsNotThere() { #expect(SystemFont.find(for: ["a"], below: "/nonexistent") == nil) }

    @Test(arguments: [("图", "/f/DejaVuSans.ttf", true), ("図", "/f/NotoSansCJK-Bold.ttc", false), ("é©", "/f/DejaVuSans.ttf", false)])
    func lack(text: String, font: String, lacks: Bool) { #expect(SystemFont.seemsToLack([text], in: font) == lacks) }
}
