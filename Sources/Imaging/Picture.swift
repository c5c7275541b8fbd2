// One decoded picture and operations on it. The format is forced for decoding, so that ImageMagick never guesses, and set again for
// encoding. A decoding counts as successful only if it returns true, raises no exception and gives the size in the headers.

internal import CMagickWand
import Media

/// A picture in memory; a process holds at most one large picture at a time.
public final class Picture {
    let wand: OpaquePointer
    /// Whether the profile is one of ours, made of what the file states otherwise: it is not written.
    var hasAssumedProfile = false

    /// Decodes the first frame.
    ///
    /// - Parameters:
    ///   - width: width in pixels according to the headers, as stored; `height` likewise.
    ///   - enough: minimum pixels that the caller needs; a JPEG may be decoded at a reduced size, which is much faster.
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
        // A format prefix is binding; a file name or detected type is not.
        MagickSetFilename(wand, type == .gif ? "gif:-[0]" : "\(format.lowercased()):-")
        let isRead = MagickReadImageBlob(wand, start, bytes.count)
        try check(isRead, "read \(format)")
        try checkSize(type, width, height, isReduced: enough != nil)
        if type == .gif { try spreadFrame() }
        if type == .png { try keepLinearLight() }
        MagickResetImagePage(wand, "")
    }

    deinit { DestroyMagickWand(wand) }

    /// Pixels.
    public var width: Int { Int(MagickGetImageWidth(wand)) }
    public var height: Int { Int(MagickGetImageHeight(wand)) }
    public var hasAlpha: Bool { MagickGetImageAlphaChannel(wand) != MagickFalse }

    /// ImageMagick's canonical format name; the policy does not allow its aliases (JPG, PNG24, GIF87).
    static func format(of type: MediaType) -> String? {
        type.isDecodable ? type.rawValue.uppercased() : nil
    }

    /// Extends the first frame of a GIF, which may cover only part of the screen, to the whole screen.
    private func spreadFrame() throws {
        var (screenWidth, screenHeight, left, top) = (0, 0, 0, 0)
        MagickGetImagePage(wand, &screenWidth, &screenHeight, &left, &top)
        guard screenWidth > 0, screenHeight > 0, screenWidth != width || screenHeight != height else { return }
        try check(MagickSetImageAlphaChannel(wand, SetAlphaChannel), "alpha of a part frame")
        try lay(onto: "none", width: screenWidth, height: screenHeight, left: left, top: top)
    }

    /// ImageMagick 6 takes a PNG with a gamma of 1 for another color space, and some encoders would convert it.
    private func keepLinearLight() throws {
        switch MagickGetImageColorspace(wand) {
        case RGBColorspace: try check(MagickSetImageColorspace(wand, sRGBColorspace), "set colour space")
        case LinearGRAYColorspace: try check(MagickSetImageColorspace(wand, GRAYColorspace), "set colour space")
        default: break
        }
    }

    private func checkSize(_ type: MediaType, _ width: Int, _ height: Int, isReduced: Bool) throws {
        guard MagickGetNumberImages(wand) == 1 else { throw ImagingError(.refused, "\(type) with more than one picture") }
        let found = (self.width, self.height)
        // GIF headers give the screen size, not the frame size. libjpeg scales by eighths and rounds up
        // (jpeg_calc_output_dimensions).
        let isPromised = switch type {
        case .gif: true
        case .jpeg where isReduced:
            (1...8).contains { (width * $0 + 7) / 8 == found.0 && (height * $0 + 7) / 8 == found.1 }
        default: found == (width, height)
        }
        guard isPromised else { throw ImagingError(.refused, "\(type) of \(found), its headers say \(width) x \(height)") }
    }

    /// Throws if the result is false or an exception of severity "error" (400) or above is pending.
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
