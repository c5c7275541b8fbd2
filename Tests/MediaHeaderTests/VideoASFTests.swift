import Media
import Testing

@testable import MediaHeader
import Text

private func object(_ name: String, length: Int? = nil, _ content: [UInt8]...) -> [UInt8] {
    let payload = content.flatMap { $0 }
    let digits = Array(name)
    let identifier = stride(from: 0, to: 32, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
    return identifier + little(length ?? 24 + payload.count, 8) + payload
}

private func properties(ticks: Int = 50_000_000, preroll: Int = 3000, flags: Int = 2) -> [UInt8] {
    object(
        "A1DCAB8C47A9CF118EE400C00C205365", zeros(40), little(ticks, 8), zeros(8), little(preroll, 8), little(flags), zeros(12))
}

private func stream(
    _ kind: String = "C0EF19BC4D5BCF11A8FD00805F5C442B", size: (Int, Int) = (320, 240), bitmap: [UInt8]? = nil
) -> [UInt8] {
    let head = Array(object(kind).prefix(16)) + zeros(38)
    let format = bitmap ?? little(40) + little(size.0) + little(size.1) + zeros(28)
    return object("9107DCB7B7A9CF118EE600C00C205365", head, little(size.0), little(size.1), [2, 40, 0], format)
}

private func extended(_ names: [UInt8], counts: (Int, Int), _ inner: [UInt8]) -> [UInt8] {
    let fields = zeros(60) + little(counts.0, 2) + little(counts.1, 2)
    return object("B503BF5F2EA9CF118EE300C00C205365", zeros(22), object("CBA5E61472C632438399A96952065B5A", fields, names, inner))
}

private func file(_ content: [UInt8]...) -> [UInt8] {
    object("3026B2758E66CF11A6D900AA0062CE6C", little(content.count), [1, 2], content.flatMap { $0 }) + zeros(50)
}

private func facts(_ width: Int? = 320, _ height: Int? = 240, _ duration: Double? = 2) -> MediaFacts {
    MediaFacts(type: .wmv, width: width, height: height, duration: duration)
}

private let sound = "409E69F84D5BCF11A8FD00805F5C442B"

@Suite struct VideoASFTests {
    @Test(arguments: VideoCase.table([
        ("as most", file(properties(), stream()), facts()),
        ("streams first", file(stream(), properties()), facts()),
        ("sound first", file(properties(), stream(sound, size: (7, 7)), stream()), facts()),
        ("two sizes", file(properties(), stream(), stream(size: (640, 480))), facts()),
        ("no bitmap header", file(properties(), stream(bitmap: [])), facts()),
        ("first row on top", file(properties(), stream(size: (320, -240))), facts()),
        ("no size", file(properties(), stream(size: (0, 0))), facts(nil, nil)),
        ("broadcast", file(properties(flags: 3), stream()), facts(320, 240, nil)),
        ("no file properties", file(stream()), facts(320, 240, nil)),
        ("waits longer than it plays", file(properties(preroll: 9000), stream()), facts(320, 240, nil)),
        ("largest numbers", file(properties(ticks: -1, preroll: -1), stream()), facts(320, 240, nil)),
        (
            "stream in the extension",
            file(properties(), extended(zeros(2) + little(4, 2) + zeros(4) + zeros(18) + little(3) + zeros(3), counts: (1, 1), stream())),
            facts()
        ),
    ] as [(String, [UInt8], MediaFacts)]))
    func reads(_ example: VideoCase) throws {
        #expect(try MediaHeader.read(MemorySource(example.bytes)) == example.facts)
    }

    @Test(arguments: VideoCase.table([
        ("header alone", file()),
        ("no stream", file(properties())),
        ("sound alone", file(properties(), stream(sound))),
        ("cut off", Array(file(properties(), stream()).prefix(200))),
        ("object of no length", file(object("9107DCB7B7A9CF118EE600C00C205365", length: 0, zeros(80)))),
        ("object of 23 bytes", file(object("9107DCB7B7A9CF118EE600C00C205365", length: 23, zeros(80)))),
        ("object of 2 to the 63", file(object("9107DCB7B7A9CF118EE600C00C205365", length: .min, zeros(80)))),
        ("object of the largest size", file(object("9107DCB7B7A9CF118EE600C00C205365", length: -1, zeros(80)))),
        ("short file properties", file(object("A1DCAB8C47A9CF118EE400C00C205365", zeros(50)), stream())),
        ("short stream properties", file(properties(), object("9107DCB7B7A9CF118EE600C00C205365", zeros(50)))),
        ("names beyond the end", file(properties(), extended(zeros(4), counts: (9, 0), stream()))),
        ("systems beyond the end", file(properties(), extended(zeros(18) + little(-1), counts: (0, 1), stream()))),
    ] as [(String, [UInt8])]))
    func refuses(_ example: VideoCase) {
        #expect { try MediaHeader.read(MemorySource(example.bytes)) } throws: { ($0 as? MediaRefusal)?.reason == .damaged }
    }
}
