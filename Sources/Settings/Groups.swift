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

/// What the old forms take and answer.
public struct FormSettings: Sendable {
    public var tokenUpload = true
    public var takesVideos = true
    /// Bytes; 0 sends files whole.
    public var chunkBytes = 0
    public var showsDeleteLinks = true
    public var loginCaptcha = false
    public var sessionDays = 14
    /// Hours without a request after which a login has ended.
    public var sessionIdleHours = 72
    public var downloadExtensions = "jpg,jpeg,png,gif,bmp,webp,ico,jfif,tif,tga,svg"

    public init() {}
}

/// Who may not upload, how often, and what is written down about it.
public struct SenderSettings: Sendable {
    public var checksAddresses = false
    public var addressList = ""
    public var addressListAllows = false
    public var trustedProxies = ""
    public var dailyLimit = 0
    public var checksBlockedMD5 = false
    public var blockedMD5 = ""
    public var isRecorded = false

    public init() {}
}

/// What is put upon a picture.
public enum WatermarkKind: String, CaseIterable, Sendable {
    case off, text, picture
}

/// The mark on new pictures.
public struct WatermarkSettings: Sendable {
    public var kind = WatermarkKind.off
    public var text = ""
    public var color = MarkColor(red: 255, green: 0, blue: 0)
    /// Pixels.
    public var size = 20
    /// A file's absolute path; empty for the system's font.
    public var font = ""
    /// A file's absolute path.
    public var picture = ""
    /// 1 to 9 by rows, 0 for a random one.
    public var position = 9

    public init() {}
}

/// Where an answer's `thumb` leads.
public enum ThumbnailMode: String, CaseIterable, Sendable {
    case original, ondemand, upload
}

/// What happens to a picture whose shape is not the thumbnail's.
public enum ThumbnailFit: String, CaseIterable, Sendable {
    case crop, stretch
}

public struct ThumbnailSettings: Sendable {
    public var mode = ThumbnailMode.ondemand
    /// Pixels.
    public var width = 258
    public var height = 258
    public var fit = ThumbnailFit.crop

    public init() {}
}

/// Addresses that do not show where a file lies.
public struct HidingSettings: Sendable {
    public var hidesLinks = false
    /// The secret of hidden links that the replaced program gave out.
    public var oldKey = ""
    public var hidesPath = false

    public init() {}
}

/// What visitors may see beside single files.
public struct PageSettings: Sendable {
    public var publicNumbers = false
    public var publicNumbersList = "time,today,yesterday,total_space,used_space,free_space,image_used,file,dir,month"
    /// How old the numbers may be.
    public var numbersHours = 2
    public var newestFirst = true
    public var gallerySize = 20
    public var galleryDays = 10
    public var publicDetails = true
    public var reportURL = ""
    public var terms = ""

    public init() {}
}
