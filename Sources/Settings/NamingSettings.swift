// Settings are divided into groups, so that a service receives only the group that it needs.

/// How a stored file's name is generated (EasyImages' `imgName`; the manual has an example of each).
public enum NameStyle: String, CaseIterable, Sendable {
    case short, source, date, unix, crc32, uniqid, snowflake, md5, sha1, uuid, guid
}

/// The folders and names of files uploaded through the old forms, and the start of their URLs.
public struct NamingSettings: Sendable {
    /// With a slash at both ends.
    public var uploadsPath = "/uploads/"
    /// Base URLs separated by commas; empty for the site's own.
    public var pictureURLs = ""
    public var folderFormat = "Y/m/d/"
    public var style = NameStyle.short
    public var withTokenID = true
    public var folderByToken = false
    public var folderByUser = false
    public var folderOfAdmin = false
    public var adminFolder = "u"

    public init() {}

    /// The URLs in `pictureURLs`.
    public var pictureBases: [BaseURL] { BaseURL.split(pictureURLs).compactMap { BaseURL($0) } }
}
