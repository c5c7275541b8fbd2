import Settings
import Testing

@Suite struct MarkColorTests {
    @Test(arguments: [
        ("rgba(255,0,0,1)", 255, 0, 0, 1000, "rgba(255,0,0,1)"), ("RGBA( 1, 2 , 3, 0.5 )", 1, 2, 3, 500, "rgba(1,2,3,0.5)"),
        ("rgb(9,8,7)", 9, 8, 7, 1000, "rgba(9,8,7,1)"), ("rgba(0,0,0,0)", 0, 0, 0, 0, "rgba(0,0,0,0)"),
        ("rgba(0,0,0,.25)", 0, 0, 0, 250, "rgba(0,0,0,0.25)"), ("rgba(0,0,0,0.0071)", 0, 0, 0, 7, "rgba(0,0,0,0.007)"),
        ("rgba(0,0,0,1.0)", 0, 0, 0, 1000, "rgba(0,0,0,1)"),
    ])
    func colours(text: String, red: Int, green: Int, blue: Int, opacity: Int, printed: String) throws {
        let colour = try #require(MarkColor(text))
        #expect((colour.red, colour.green, colour.blue, colour.opacity) == (red, green, blue, opacity))
        #expect(colour.text == printed && MarkColor(printed) == colour)
    }

    @Test(arguments: [
        "", "red", "#ff0000", "rgba(255,0,0)", "rgb(1,2,3,1)", "rgba(256,0,0,1)", "rgba(-1,0,0,1)", "rgba(0,0,0,1.1)", "rgba(0,0,0,nan)",
        "rgba(0,0,0,1);", "xrgba(0,0,0,1)", "rgba 0,0,0,1", "rgba(0,,0,1)", "rgba(0,0,0,1", "rgba(٣,0,0,1)",
    ])
    func whatIsNoColour(text: String) { #expect(MarkColor(text) == nil) }
}
