// Opens the files of the watermark that the settings describe. If one is missing or invalid, only the operator can repair it: uploads fail,
// the log names the setting, and `imagebed doctor` reports it.

import Disk
import HTTP
import Media
import MediaHeader
import PictureWorker

/// The watermark for new pictures.
public struct Watermark: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// - Parameter font: its path; nil for a system font.
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

    /// Limited because a mark is in memory together with a picture of maximum size.
    static let pixelLimit = 4_000_000
    /// Bytes.
    static let fileLimit = 16 << 20

    /// Opens the files of the mark.
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

    /// Whether the system font for the text seems to lack characters of it.
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

/// The mark cannot be applied to any picture: a fault of the site's configuration, not of the upload.
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
