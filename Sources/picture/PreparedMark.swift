// The mark, read from its descriptors and measured before the picture is read, so that an invalid mark is reported
// as such and not as a fault of the picture.

import Disk
import Imaging
import PictureWorker

/// The operator's mark cannot be applied to any picture.
struct BadMark: Error {
    let because: String
}

/// A mark of known size.
final class PreparedMark {
    private enum Content {
        case lines([(text: String, extent: LineExtent)], Pen)
        case picture(Picture)
    }

    private let content: Content
    private let place: MarkPlace
    /// Pixels.
    let size: (width: Int, height: Int)

    /// - Throws: `BadMark`; `ImagingError` for other failures.
    init(_ mark: Mark) throws {
        do {
            switch mark {
            case .text(let ink, let place):
                self.place = place
                let (lines, pen) = try PreparedMark.lines(ink)
                content = .lines(lines, pen)
                size = (lines.map(\.extent.width).max() ?? 0, lines.reduce(0) { $0 + $1.extent.height })
            case .picture(let claims, let place):
                self.place = place
                let picture = try PreparedMark.picture(claims)
                content = .picture(picture)
                size = (picture.width, picture.height)
            }
        } catch let error as ImagingError where error.kind == .refused || error.kind == .tooLarge {
            throw BadMark(because: error.because)
        }
    }

    /// Does nothing if it does not fit.
    func put(on picture: Picture) throws {
        guard let corner = place.corner(of: size, on: (picture.width, picture.height)) else { return }
        try picture.makeColourful()
        switch content {
        case .picture(let mark): try picture.put(mark, left: corner.left, top: corner.top)
        case .lines(let lines, let pen):
            var top = corner.top
            for line in lines {
                let left = corner.left + place.indent(of: line.extent.width, within: size.width)
                try picture.write(line.text, in: pen, left: left, baseline: top + line.extent.ascent)
                top += line.extent.height
            }
        }
    }

    private static func picture(_ claims: PictureClaims) throws -> Picture {
        let picture = try SourceBytes(Mark.firstDescriptor).picture(claims)
        try picture.turnUpright(claims.orientation)
        try picture.makeColourful()
        return picture
    }

    private static func lines(_ ink: MarkInk) throws -> ([(text: String, extent: LineExtent)], Pen) {
        // FreeType needs a path; this one refers to the open descriptor (proc(5)) and is the only one that Landlock allows.
        let pen = try Pen(
            font: "/proc/self/fd/\(Mark.fontDescriptor)", size: ink.size,
            colour: (Double(ink.red) / 255, Double(ink.green) / 255, Double(ink.blue) / 255, Double(ink.opacity) / 1000))
        let paper = try ImageMagick.blank()
        let lines = MarkText.lines(try text())
        return (try lines.map { ($0, try paper.extent(of: $0, in: pen)) }, pen)
    }

    /// The content of the pipe, whose write end is closed.
    private static func text() throws -> String {
        guard let bytes = try Transfer.readPipe(Mark.firstDescriptor, limit: 4096) else { throw BadMark(because: "its text is too long") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
