// File names of cached thumbnails. The web server computes them too, from the query of a link, to send a cached file without
// calling this program. Its configuration is generated from the constants below (Sources/WebServer/Facts.swift).

/// The grammar of these names: `w<width>h<height>q<quality>z<mode><marks>.<extension>`, in the folder of their picture.
public enum KeptName {
    /// The first part of a name.
    public static func size<Side>(_ width: Side, _ height: Side) -> String { "w\(width)h\(height)" }

    /// The whole name.
    ///
    /// - Parameter marks: encodes options that differ from the defaults.
    public static func text<Value>(size: String, quality: Value, mode: Value, marks: String = "", fileExtension: String) -> String {
        "\(size)q\(quality)z\(mode)\(marks).\(fileExtension)"
    }

    // Regular expressions for query values that appear unchanged in the name. Links with any other value are resolved by this program
    // only.

    /// A width or a height other than 0.
    public static let side = "[1-9][0-9]{0,3}"
    public static let quality = "[1-9][0-9]{1,2}"
    public static let mode = "[\(modes.first ?? 0)-\(modes.last ?? 0)]"
    private static let modes = ThumbnailShape.Mode.allCases.map(\.rawValue)
    /// The quality of a link without one.
    public static let usualQuality = ThumbnailShape.defaultQuality

    /// A component of a picture's path that needs no decoding in a query and does not begin with a dot.
    ///
    /// - Parameter others: further characters for the character class.
    public static func part(others: String = "") -> String { "[0-9A-Za-z_\(others)-][0-9A-Za-z._\(others)-]*" }
}
