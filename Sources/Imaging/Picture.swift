// One decoded picture and what is done to it. The format is forced on the way in, so that ImageMagick never guesses, and
// set again on the way out; a read counts only when it is true, without exception, and of the size the headers gave.

internal import CMagickWand
import Media

/// A picture in memory; at most one of them is of any size in the process that holds it.
public final class Picture {
    let wand: OpaquePointer

    /// Decodes the first frame.
    ///
    /// - Parameters:
    ///   - width: pixels that the headers promise, as stored; so is `height`.
    ///   - enough: pixels that the caller needs at least; a JPEG is decoded to that or more, in a fraction of the time.
    /// - Throws: `ImagingError`.
    public init(
        _ bytes: UnsafeRawBufferPointer, type: MediaType, width: Int, height: Int, enough: (width: Int, height: Int)? = nil
    ) throws {
        guard let format = Picture.format(of: type), let start = bytes.baseAddress else {
            throw ImagingError(.refused, "\(type) is not decoded here")
        }
        guard let wand = NewMagickWand() else { throw ImagingError(.tooLarge, "no memory for a wand") }
        self.wand = wand
        if let enough { MagickSetOption(wand, "jpeg:size", "\(enough.width)x\(enough.height)") }
        // The prefix rules; a file name or a sniffed type would not.
        MagickSetFilename(wand, type == .gif ? "gif:-[0]" : "\(format.lowercased()):-")
        let isRead = MagickReadImageBlob(wand, start, bytes.count)
        try check(isRead, "read \(format)")
        try checkSize(type, width, height, isReduced: enough != nil)
        if type == .gif { try spreadFrame() }
        MagickResetImagePage(wand, "")
    }

    deinit { DestroyMagickWand(wand) }

    /// Pixels.
    public var width: Int { Int(MagickGetImageWidth(wand)) }
    public var height: Int { Int(MagickGetImageHeight(wand)) }
    public var hasAlpha: Bool { MagickGetImageAlphaChannel(wand) != MagickFalse }

    /// ImageMagick's canonical name; its aliases (JPG, PNG24, GIF87) are not in the policy.
    static func format(of type: MediaType) -> String? {
        type.isDecodable ? type.rawValue.uppercased() : nil
    }

    /// The first frame of a GIF may cover a part of its screen only.
    private func spreadFrame() throws {
        var (screenWidth, screenHeight, left, top) = (0, 0, 0, 0)
        MagickGetImagePage(wand, &screenWidth, &screenHeight, &left, &top)
        guard screenWidth > 0, screenHeight > 0, screenWidth != width || screenHeight != height else { return }
        try check(MagickSetImageAlphaChannel(wand, SetAlphaChannel), "alpha of a part frame")
        try lay(onto: "none", width: screenWidth, height: screenHeight, left: left, top: top)
    }

    private func checkSize(_ type: MediaType, _ width: Int, _ height: Int, isReduced: Bool) throws {
        guard MagickGetNumberImages(wand) == 1 else { throw ImagingError(.refused, "\(type) with more than one picture") }
        let found = (self.width, self.height)
        // A GIF's headers give its screen, not its frame. libjpeg reduces by eighths and rounds up
        // (jpeg_calc_output_dimensions).
        let isPromised = switch type {
        case .gif: true
        case .jpeg where isReduced:
            (1...8).contains { (width * $0 + 7) / 8 == found.0 && (height * $0 + 7) / 8 == found.1 }
        default: found == (width, height)
        }
        guard isPromised else { throw ImagingError(.refused, "\(type) of \(found), its headers say \(width) x \(height)") }
    }

    /// A false result, or a pending exception from "error" on (400 and more), whatever the result.
    func check(_ result: MagickBooleanType, _ operation: String) throws {
        let severity = MagickGetExceptionType(wand)
        guard result == MagickFalse || severity.rawValue >= ErrorException.rawValue else { return }
        var ignored = UndefinedException
        let text = MagickGetException(wand, &ignored)
        defer { MagickRelinquishMemory(text) }
        let words = text.map { String(cString: $0) } ?? ""
        let isTooLarge = severity == ResourceLimitError || severity == ResourceLimitFatalError
        throw ImagingError(isTooLarge ? .tooLarge : .refused, "\(operation): \(severity.rawValue) \(words)")
    }
}
