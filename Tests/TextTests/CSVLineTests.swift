// Files for spreadsheet programs, with cells that strangers wrote.

import Testing
import Text

@Suite struct CSVLineTests {
    @Test(arguments: [
        ("plain", "\"plain\""), ("", "\"\""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""), ("照片 – 1", "\"照片 – 1\""),
        ("1-2", "\"1-2\""), ("192.0.2.1", "\"192.0.2.1\""),
    ])
    func cells(cell: String, expected: String) { #expect(CSVLine.format([cell]) == expected + "\r\n") }

    @Test(arguments: ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    func noFormulaRuns(sign: String) {
        #expect(CSVLine.format([sign + "cmd|' /C calc'!A0", "a" + sign]) == "\"'\(sign)cmd|' /C calc'!A0\",\"a\(sign)\"\r\n")
    }

    @Test func cellsFollowEachOther() { #expect(CSVLine.format(["a", "", "b"]) == "\"a\",\"\",\"b\"\r\n") }
}
