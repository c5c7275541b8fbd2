// Everything that an operator can change, as values that the rest of the program reads. What is not stored has the value
// that stands here. The table in Settings+Declarations.swift says how each is called, what it may be and what it means.

/// What a picture is converted to when it is uploaded (EasyImages' `imgConvert`).
public enum ConvertFormat: String, CaseIterable, Sendable {
    case off, webp, jpeg, png, gif, bmp
}

/// The settings of one site.
public struct Settings: Sendable {
    public var siteName = "ImageBed"
    public var baseURL = BaseURL.unset
    /// The time zone's name in the tz database; empty for the system's.
    public var timeZone = ""
    /// Seconds; 0 says nothing.
    public var hstsSeconds = 0

    /// Bytes.
    public var imageMaxBytes = 50 * ByteCount.megabyte
    /// Bytes.
    public var videoMaxBytes = 50 * ByteCount.megabyte
    public var videoUpload = true
    public var imageMaxPixels = 50_000_000
    /// Pixels.
    public var imageMaxSide = 16_383
    /// Pixels, like the next three.
    public var imageMaxWidth = 16_383
    public var imageMaxHeight = 16_383
    public var imageMinWidth = 1
    public var imageMinHeight = 1
    public var anonymousUpload = false
    public var deduplicate = false

    public var stripMetadata = false
    public var convertFormat = ConvertFormat.off
    /// 1 to 100.
    public var convertQuality = 80
    public var convertsAlways = false
    public var scalesUploads = false
    public var uprights = false
    /// Bytes; 0 for what the machine has for it.
    public var pictureMemory = 0
    public var watermark = WatermarkSettings()

    public var publicList = true
    public var recycles = true
    public var recycleDays = 30
    /// Bytes.
    public var minimumFreeBytes = 64 * ByteCount.megabyte
    /// Fewer free bytes than these are a full disk, whatever the setting says.
    public var leastFreeBytes: Int { max(minimumFreeBytes, ByteCount.megabyte) }
    /// Bytes.
    public var thumbnailCacheBytes = ByteCount.gigabyte

    public var naming = NamingSettings()
    public var forms = FormSettings()
    public var senders = SenderSettings()
    public var thumbnails = ThumbnailSettings()
    public var hiding = HidingSettings()
    public var pages = PageSettings()

    /// The settings of a new site.
    public init() {}

    /// The settings that these stored rows make. Keys that this version does not know, and values that somebody wrote past
    /// `imagebed settings set` and that cannot be, are passed over: the site goes on with the value of a new one, and
    /// `imagebed doctor` tells (`problems`).
    public init(stored rows: [String: String]) {
        for (key, value) in rows { try? Settings.declaration(of: key)?.read(value, into: &self) }
    }

    /// What is wrong with stored rows, in the order of the table.
    public static func problems(in rows: [String: String]) -> [SettingError] {
        let refused = declarations.compactMap { declaration -> SettingError? in
            guard let value = rows[declaration.key] else { return nil }
            var settings = Settings()
            do throws(SettingError) { try declaration.read(value, into: &settings) } catch { return error }
            return nil
        }
        return refused + rows.keys.filter { declaration(of: $0) == nil }.sorted().map(SettingError.unknownKey)
    }

    /// The largest file that is taken, in bytes: what the web server's own limit follows.
    public var largestUpload: Int { videoUpload ? max(imageMaxBytes, videoMaxBytes) : imageMaxBytes }

    /// The largest request body that the web server lets through, in bytes: a file and the form around it.
    public var largestBody: Int { largestUpload + ByteCount.megabyte }
}
