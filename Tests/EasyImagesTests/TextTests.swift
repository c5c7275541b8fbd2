import EasyImages
import TestSupport
import Testing

@Suite struct SizeTextTests {
    @Test func recordedSizes() {
        let vectors = Vectors.part("size_text_vectors").all
        #expect(vectors.count == 15)
        for vector in vectors { #expect(SizeText.format(vector["bytes"].integer) == vector["text"].text) }
    }

    @Test func smallFractions() { #expect(SizeText.format(1024 * 100 + 52) == "100.05KB") }
}

@Suite struct DateTextTests {
    private static let shanghai = 8 * 3600

    @Test func recordedFolders() {
        let vectors = Vectors.part("storage_path_vectors").all
        #expect(vectors.count == 12)
        for vector in vectors {
            let date = DateText(vector["unix"].integer, offset: DateTextTests.shanghai)
            #expect(date.format(vector["format"].text) == vector["path"].text)
            #expect(DateFolder.folder(vector["format"].text, at: date) + "/" == vector["path"].text)
        }
    }

    // What PHP's manual says of each letter, for Friday 4 July 2025, 04:05:09 in Shanghai.
    @Test(arguments: [
        ("d j D l N w S z W o", "04 4 Fri Friday 5 5 th 184 27 2025"), ("m n M F t L Y y", "07 7 Jul July 31 0 2025 25"),
        ("a A g h G H i s u v B", "am AM 4 04 4 04 05 09 000000 000 878"), ("e T I O P p Z U", "CST CST 0 +0800 +08:00 +08:00 28800 1751573109"),
        ("c", "2025-07-04T04:05:09+08:00"), ("r", "Fri, 04 Jul 2025 04:05:09 +0800"), ("\\Y\\\\Y", "Y\\2025"), ("\\", ""), ("假", "假"),
    ])
    func letters(format: String, text: String) {
        #expect(DateText(1_751_573_109, offset: DateTextTests.shanghai, zone: "CST").format(format) == text)
    }

    // ISO 8601 weeks around the ends of years.
    @Test(arguments: [(1_609_372_800, "53 2020"), (1_609_459_200, "53 2020"), (1_609_718_400, "01 2021"), (1_735_603_200, "01 2025"),
                      (1_419_811_200, "01 2015"), (1_230_768_000, "01 2009")])
    func weeks(seconds: Int, text: String) { #expect(DateText(seconds, offset: 0).format("W o") == text) }

    @Test(arguments: [
        ("", ""), ("Y/m", "2025/07"), ("/Y//m/", "2025/07"), ("../../\\e\\t\\c", "2025/07/04"), ("\\.Y", "2025/07/04"),
        ("\\c\\a\\c\\h\\e/Y", "2025/07/04"), ("\\R\\e\\c\\y\\c\\l\\e/", "2025/07/04"), ("Y\\\\m", "2025/07/04"),
    ])
    func folders(format: String, folder: String) {
        #expect(DateFolder.folder(format, at: DateText(1_751_573_109, offset: DateTextTests.shanghai)) == folder)
    }
}
