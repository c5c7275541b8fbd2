// What is put upon pictures, pixel by pixel; the text is text whatever it looks like. Fonts are those of this machine: tests
// without one are left out.

import Glibc
import Media
import Testing
import Imaging

extension PictureTests {
    @Suite struct MarkingTests {
        private static let fonts = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"].filter { (path: String) in access(path, R_OK) == 0 }

        init() throws { try #require(PictureTests.isStarted) }

        private func pen(_ font: String, _ opacity: Double = 1) throws -> Pen {
            try Pen(font: font, size: 20, colour: (1, 0, 0, opacity))
        }

        /// Red, green and blue, row by row from the top, out of a BMP: it has no palette when there are more than 256 colours.
        private func pixels(_ picture: Picture) throws -> [[UInt8]] {
            let bytes = try picture.encode(as: .bmp, quality: 1)
            let start = Int(bytes[10]) | Int(bytes[11]) << 8
            let row = (picture.width * 3 + 3) / 4 * 4
            return (0..<picture.height).reversed().flatMap { y in
                (0..<picture.width).map { x in
                    let place = start + y * row + x * 3
                    return [bytes[place + 2], bytes[place + 1], bytes[place]]
                }
            }
        }

        /// Every pixel has a colour of its own, and none of them is red.
        private func paper(_ width: Int, _ height: Int) throws -> Picture {
            func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
            let row = (width * 3 + 3) / 4 * 4
            var bytes = Array("BM".utf8) + little(54 + row * height, 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(width, 4)
            bytes += little(height, 4) + little(1, 2) + little(24, 2) + little(0, 24)
            for y in 0..<height {
                for x in 0..<width { bytes += [200, UInt8(y), UInt8(x)] }
                bytes += [UInt8](repeating: 0, count: row - width * 3)
            }
            return try bytes.withUnsafeBytes { try Picture($0, type: .bmp, width: width, height: height) }
        }

        @Test(arguments: fonts) func letterStandsOnItsLine(_ font: String) throws {
            let paper = try paper(60, 40)
            let before = try pixels(paper)
            let extent = try paper.extent(of: "H", in: pen(font))
            try paper.write("H", in: pen(font), left: 10, baseline: 5 + extent.ascent)
            let after = try pixels(paper)
            let touched = before.indices.filter { before[$0] != after[$0] }
            #expect(!touched.isEmpty)
            let columns = touched.map { $0 % 60 }
            let rows = touched.map { $0 / 60 }
            #expect(10...(10 + extent.width) ~= columns.min()! && 10...(10 + extent.width) ~= columns.max()!)
            #expect(5...(5 + extent.ascent) ~= rows.min()! && 5...(5 + extent.ascent) ~= rows.max()!)
            #expect(touched.contains { after[$0] == [255, 0, 0] })
        }

        @Test(arguments: fonts) func escapesAndFilesAreText(_ font: String) throws {
            let paper = try ImageMagick.blank()
            func width(_ text: String) throws -> Int { try paper.extent(of: text, in: pen(font)).width }
            let letter = try width("%")
            #expect(try width("%%") >= letter * 2 - 1)
            #expect(abs(try width("@/etc/passwd") - (try width("@")) - (try width("/etc/passwd"))) <= 2)
            #expect(try width("%[EXIF:*]%f") > letter * 6)
            #expect(try width("\\n") > (try width("n")))
            #expect(try width("") == 0)
            #expect(try paper.extent(of: "", in: pen(font)).height == paper.extent(of: "Hg", in: pen(font)).height)
        }

        @Test func fontThatIsNone() throws {
            let paper = try ImageMagick.blank()
            #expect(throws: ImagingError.self) { _ = try paper.extent(of: "x", in: pen("/etc/hostname")) }
            #expect(throws: ImagingError.self) { _ = try paper.extent(of: "x", in: pen("/nonexistent")) }
        }

        @Test func pictureOnTop() throws {
            let paper = try paper(40, 30)
            let before = try pixels(paper)
            let above = try ImageMagick.blank()
            try above.resize(width: 4, height: 3)
            try paper.put(above, left: 5, top: 2)
            let after = try pixels(paper)
            let colour = after[2 * 40 + 5]
            for (number, pixel) in after.enumerated() {
                let isCovered = (5..<9).contains(number % 40) && (2..<5).contains(number / 40)
                #expect(pixel == (isCovered ? colour : before[number]))
            }
        }
    }
}
