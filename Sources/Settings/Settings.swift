// All settings with their default values. Settings+Declarations.swift defines for each its key, allowed values and documentation.

/// The format to which a picture is converted at upload (EasyImages' `imgConvert`).
public enum ConvertFormat: String, CaseIterable, Sendable {
    case off, webp, jpeg, png, gif, bmp
}

/// The settings of one site.
public struct Settings: Sendable {
    public var siteName = "ImageBed"
    public var baseURL = BaseURL.unset
    public var siteDescription = ""
    public var siteKeywords = ""
    /// The time zone's name in the tz database; empty for the system's.
    public var timeZone = ""
    /// Seconds; 0 sends no header.
    public var hstsSeconds = 0

    /// Bytes.
    public var imageMaxBytes = 50 * ByteCount.megabyte
    /// Bytes.
    public var videoMaxBytes = 50 * ByteCount.megabyte
    public var videoUpload = true
    public var imageMaxPixels = 250_000_000
    public var decodeMaxPixels = 50_000_000
    /// Pixels.
    public var imageMaxSide = 65_535
    /// Pixels, like the next three.
    public var imageMaxWidth = 65_535
    public var imageMaxHeight = 65_535
    public var imageMinWidth = 1
    public var imageMinHeight = 1
    public var anonymousUpload = false
    public var anonymousRetention = RetentionSettings()
    public var deduplicate = false

    public var stripMetadata = false
    public var convertFormat = ConvertFormat.off
    /// 1 to 100.
    public var convertQuality = 80
    /// 0 to 6.
    public var convertEffort = 4
    public var convertsAlways = false
    public var scalesUploads = false
    public var uprights = false
    /// Bytes; 0 for a default that depends on the machine's memory.
    public var pictureMemory = 0
    public var watermark = WatermarkSettings()

    public var publicList = true
    public var recycles = true
    /// Whether stored files may get other bytes under their addresses, and so are not kept for long by browsers.
    public var replacesFiles = false
    public var recycleDays = 30
    /// Bytes.
    public var minimumFreeBytes = 64 * ByteCount.megabyte
    /// With fewer free bytes the disk counts as full, even if the setting is lower.
    public var leastFreeBytes: Int { max(minimumFreeBytes, ByteCount.megabyte) }
    /// Bytes.
    public var thumbnailCacheBytes = ByteCount.gigabyte

    public var naming = NamingSettings()
    public var forms = FormSettings()
    public var senders = SenderSettings()
    public var limits = LimitSettings()
    public var thumbnails = ThumbnailSettings()
    public var hiding = HidingSettings()
    public var pages = PageSettings()
    public var looks = LookSettings()
    public var operatorTexts = OperatorTextSettings()

    /// The default settings.
    public init() {}

    /// The settings in stored rows. Unknown keys and invalid values (written by other means than `imagebed settings set`) are ignored: the
    /// default applies, and `imagebed doctor` reports them (`problems`). Of a list of addresses only the invalid entries are ignored.
    public init(stored rows: [String: String]) {
        for (key, value) in rows { try? Settings.declaration(of: key)?.read(value, into: &self) }
    }

    /// The errors in stored rows, in the order of the table.
    public static func problems(in rows: [String: String]) -> [SettingError] {
        let refused = declarations.compactMap { declaration -> SettingError? in
            guard let value = rows[declaration.key] else { return nil }
            var settings = Settings()
            do throws(SettingError) {
                try declaration.read(value, into: &settings)
                try declaration.check(value)
                return nil
            } catch {
                return error
            }
        }
        return refused + rows.keys.filter { declaration(of: $0) == nil }.sorted().map(SettingError.unknownKey)
    }

    /// Maximum file size in bytes; the web server's limit is derived from it.
    public var largestUpload: Int { videoUpload ? max(imageMaxBytes, videoMaxBytes) : imageMaxBytes }

    /// Maximum request body in bytes that the web server accepts: a file and the form around it.
    public var largestBody: Int { largestUpload + ByteCount.megabyte }
}
