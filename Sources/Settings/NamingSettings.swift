// Settings that belong together, as values of their own: what a service needs of the settings is one of these, not all of them.

/// How a stored file's name is made (EasyImages' `imgName`; its manual has an example of each).
public enum NameStyle: String, CaseIterable, Sendable {
    case short, source, date, unix, crc32, uniqid, snowflake, md5, sha1, uuid, guid
}

/// Where files of the old forms go, what they are called, and how their addresses begin.
public struct NamingSettings: Sendable {
    /// With a slash at both ends.
    public var uploadsPath = "/uploads/"
    /// Base URLs with commas between them; empty for the site's own.
    public var pictureURLs = ""
    public var folderFormat = "Y/m/d/"
    public var style = NameStyle.short
    public var withTokenID = true
    public var folderByToken = false
    public var folderByUser = false
    public var folderOfAdmin = false
    public var adminFolder = "u"

    public init() {}

    /// What `pictureURLs` lists.
    public var pictureBases: [BaseURL] { BaseURL.split(pictureURLs).compactMap { BaseURL($0) } }
}
