// The operator's mark, from what the settings say to open files. What is wrong with it is the operator's to mend: uploads stop,
// the log says which setting it is, and `imagebed doctor` says so before.

import Disk
import HTTP
import Media
import MediaHeader
import PictureWorker

/// What is put upon new pictures.
public struct Watermark: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// - Parameter font: its path; nil for one of the system's.
        case text([String], MarkInk, font: String?)
        /// The path of a picture.
        case picture(String)
    }

    public let content: Content
    public let place: MarkPlace
    /// The setting that names the file, for messages.
    public let setting: String

    public init(_ content: Content, at place: MarkPlace, setting: String) {
        (self.content, self.place, self.setting) = (content, place, setting)
    }

    /// A mark is decoded beside the largest of pictures.
    static let pixelLimit = 4_000_000
    /// Bytes.
    static let fileLimit = 16 << 20

    /// Opens what the mark is made of.
    ///
    /// - Throws: `WatermarkFailure`.
    public func open() throws -> OpenMark {
        do {
            switch content {
            case .text(let lines, let ink, let font):
                return try OpenMark(lines, ink, at: place, font: try file(font ?? systemFont(for: lines)))
            case .picture(let path):
                let file = try file(path)
                return OpenMark(file, try claims(of: file), at: place)
            }
        } catch let error as DiskError {
            throw WatermarkFailure(setting: setting, because: "\(error)")
        } catch let refusal as MediaRefusal {
            throw WatermarkFailure(setting: setting, because: refusal.because)
        }
    }

    /// Whether the font that is found for the text seems to have been made for other scripts.
    public var lacksCharacters: Bool {
        guard case .text(let lines, _, nil) = content, let font = SystemFont.find(for: lines) else { return false }
        return SystemFont.seemsToLack(lines, in: font)
    }

    private func file(_ path: String) throws -> File {
        guard path.hasPrefix("/") else { throw WatermarkFailure(setting: setting, because: "\"\(path)\" is no whole path of a file") }
        return try File(at: path)
    }

    private func systemFont(for lines: [String]) throws -> String {
        guard let font = SystemFont.find(for: lines) else {
            throw WatermarkFailure(setting: setting, because: "no font is set and none is installed (apt install fonts-dejavu-core)")
        }
        return font
    }

    private func claims(of file: File) throws -> PictureClaims {
        guard file.size <= Watermark.fileLimit else {
            throw WatermarkFailure(setting: setting, because: "\(file.path) has more than \(Watermark.fileLimit) bytes")
        }
        var limits = MediaLimits()
        limits.maximumPixels = Watermark.pixelLimit
        let facts = try MediaHeader.read(file, limits: limits)
        guard let claims = PictureClaims(facts), !facts.isAnimated else {
            throw WatermarkFailure(setting: setting, because: "\(file.path) is no PNG, JPEG, GIF, WebP or BMP that does not move")
        }
        return claims
    }
}

/// The mark cannot be put upon any picture: a failure of the site's, not of the upload.
public struct WatermarkFailure: Error, ProblemConvertible, CustomStringConvertible {
    public let setting: String
    public let because: String

    public init(setting: String, because: String) {
        (self.setting, self.because) = (setting, because)
    }

    public var description: String { "watermark: setting \(setting): \(because)" }

    public func problem(failure: String) -> Problem {
        Problem(.internalServerError, says: "Upload failed",
                because: "\(description). Mend the setting, or stop marking with `imagebed settings set watermark off`")
    }
}
