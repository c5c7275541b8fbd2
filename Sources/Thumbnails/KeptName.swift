// The names of kept thumbnails. Not only this program forms them: a web server does so too, from the words of a link, to send what is kept
// without asking anybody. Its configuration is made from what stands here (Sources/WebServer/Facts.swift).

/// The grammar of the names of kept thumbnails: `w<width>h<height>q<quality>z<mode><marks>.<extension>`, in the folder of their picture.
public enum KeptName {
    /// The first half of a name.
    public static func size<Side>(_ width: Side, _ height: Side) -> String { "w\(width)h\(height)" }

    /// The whole of it.
    ///
    /// - Parameter marks: what a wish has that is not plain.
    public static func text<Value>(size: String, quality: Value, mode: Value, marks: String = "", fileExtension: String) -> String {
        "\(size)q\(quality)z\(mode)\(marks).\(fileExtension)"
    }

    // Regular expressions of what a link can hold that is in the name as it stands in the link; whatever else it holds, only this program
    // knows what is meant.

    /// A width or a height that is given.
    public static let side = "[1-9][0-9]{0,3}"
    public static let quality = "[1-9][0-9]{1,2}"
    public static let mode = "[\(modes.first ?? 0)-\(modes.last ?? 0)]"
    private static let modes = ThumbnailShape.Mode.allCases.map(\.rawValue)
    /// The quality where a link names none.
    public static let usualQuality = ThumbnailShape.defaultQuality

    /// A part of a picture's path. It means itself in a query, and begins with no dot.
    ///
    /// - Parameter others: further characters, as they stand in a class of characters.
    public static func part(others: String = "") -> String { "[0-9A-Za-z_\(others)-][0-9A-Za-z._\(others)-]*" }
}
