import Testing
import Text

@Suite struct NumberTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (52_428_800, "52,428,800"), (-12_345, "-12,345"), (-100, "-100"),
        (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"),
    ])
    func grouped(number: Int, text: String) { #expect(number.grouped == text) }

    @Test(arguments: [("1", 1), ("+9", 9), ("-3", -3), ("0", 0), ("10", nil), ("", nil), ("1 ", nil), ("1.0", nil)] as [(String, Int?)])
    func withinBounds(text: String, number: Int?) { #expect(Int(text, in: -5...9) == number) }

    @Test(arguments: [("8", 8), ("008", 8), ("+8", nil), ("-8", nil), ("", nil), ("8a", nil), ("\u{FF18}", nil), ("1000", nil)] as [(String, Int?)])
    func ofDigitsAlone(text: String, number: Int?) { #expect(Int(digits: text, in: 0...999) == number) }

    @Test(arguments: [
        ("12", 12), ("-12", -12), ("+12", 12), ("99999999999999999999", .max), ("-99999999999999999999", .min), ("-", nil), ("--1", nil), ("", nil),
        ("1e3", nil), ("9999999999999999999x", nil),
    ] as [(String, Int?)])
    func tooLargeIsTheLargest(text: String, number: Int?) { #expect(Int(saturating: text) == number) }
}
