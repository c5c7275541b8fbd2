import Media
import Testing

@testable import MediaHeader
import Text

private func main(frames: Int = 50, period: Int = 40_000) -> [UInt8] {
    chunk("avih", little(period), zeros(12), little(frames), zeros(12), little(320), little(240), zeros(16))
}

private func stream(
    _ kind: String = "vids", scale: Int = 1, rate: Int = 25, length: Int = 50, size: (Int, Int) = (320, 240)
) -> [UInt8] {
    list(
        "strl",
        chunk("strh", Array(kind.utf8), zeros(16), little(scale), little(rate), zeros(4), little(length), zeros(20)),
        chunk("strf", little(40), little(size.0), little(size.1), zeros(28)))
}

private func file(_ header: [UInt8]...) -> [UInt8] {
    chunk("RIFF", Array("AVI ".utf8), list("hdrl", header.flatMap { $0 }), list("movi", zeros(64)))
}

private func facts(_ width: Int? = 320, _ height: Int? = 240, _ duration: Double? = 2) -> MediaFacts {
    MediaFacts(type: .avi, width: width, height: height, duration: duration)
}

@Suite struct VideoAVITests {
    @Test(arguments: VideoCase.table([
        ("as most", file(main(), stream()), facts()),
        ("sound first", file(main(), stream("auds", length: 9), stream()), facts()),
        ("first row on top", file(main(), stream(size: (320, -240))), facts()),
        ("least height", file(main(), stream(size: (320, Int(Int32.min)))), facts(nil, nil)),
        ("no size in the stream", file(main(), stream(size: (0, 0))), facts()),
        ("DV", file(main(), stream("iavs")), facts()),
        (
            "OpenDML counts on",
            file(main(), stream(), list("odml", chunk("dmlh", little(500), zeros(244)))), facts(320, 240, 20)
        ),
        ("no rate", file(main(), stream(scale: 0, rate: 0)), facts()),
        ("no frames", file(main(frames: 0), stream(length: 0)), facts(320, 240, nil)),
        (
            "largest numbers",
            file(main(frames: -1, period: -1), stream(scale: -1, rate: 1, length: -1)), facts(320, 240, nil)
        ),
        (
            "junk of odd length in front",
            chunk("RIFF", Array("AVI ".utf8), chunk("JUNK", zeros(7)), list("hdrl", main(), stream())), facts()
        ),
        ("cut off behind the header", Array(file(main(), stream()).dropLast(60)), facts()),
    ] as [(String, [UInt8], MediaFacts)]))
    func reads(_ example: VideoCase) throws {
        #expect(try MediaHeader.read(MemorySource(example.bytes)) == example.facts)
    }

    @Test(arguments: VideoCase.table([
        ("12 bytes", chunk("RIFF", Array("AVI ".utf8))),
        ("no header list", chunk("RIFF", Array("AVI ".utf8), list("movi", zeros(64)))),
        ("no streams", file(main())),
        ("sound alone", file(main(), stream("auds"))),
        ("short main header", file(chunk("avih", zeros(30)), stream())),
        ("short stream header", file(main(), list("strl", chunk("strh", Array("vids".utf8))))),
        ("cut off in the header", Array(file(main(), stream()).prefix(150))),
    ] as [(String, [UInt8])]))
    func refuses(_ example: VideoCase) {
        #expect { try MediaHeader.read(MemorySource(example.bytes)) } throws: { ($0 as? MediaRefusal)?.reason == .damaged }
    }
}
