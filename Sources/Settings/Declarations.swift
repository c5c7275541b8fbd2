// The table of settings: one row for each, in the order of the manual.

extension Settings {
    /// All settings.
    public static let declarations: [Declaration] = [
        .text("site_name", \.siteName, limit: 100, "The name in the head of the site's pages."),
        .url("base_url", \.baseURL,
             "The address that visitors use, with its path prefix where there is one; every URL in an answer starts with it."),
        .timeZone("time_zone", \.timeZone,
                  "The time zone of shown times and of the folders by month; responders take a change when they next start."),

        .bytes("image_max_bytes", \.imageMaxBytes, ByteCount.kilobyte...ByteCount.gigabyte, "The largest picture that is taken."),
        .bytes("video_max_bytes", \.videoMaxBytes, ByteCount.kilobyte...(100 * ByteCount.gigabyte),
               "The largest video that is taken."),
        .bool("video_upload", \.videoUpload, "Whether videos are taken at all."),
        .integer("image_max_pixels", \.imageMaxPixels, 1_000_000...50_000_000,
                 "The most pixels, width times height, of a picture that is taken; the worker's memory is made for 50 million."),
        .integer("image_max_side", \.imageMaxSide, 100...16_383,
                 "The longest side of a picture that is taken, in pixels; no WebP can be longer than 16383."),
        .bool("anonymous_upload", \.anonymousUpload, "Whether anybody may upload without an account or an API key."),
        .bool("deduplicate", \.deduplicate,
              "Whether a picture that its owner uploaded before is answered with the earlier file and not stored again."),

        .bool("strip_metadata", \.stripMetadata,
              "Whether position, camera and other hidden data are removed from pictures; the pixels are not touched."),
        .choice("convert_format", \.convertFormat,
                "What pictures are converted to; the smaller of both files is kept, animated pictures stay as they are."),
        .integer("convert_quality", \.convertQuality, 1...100, "The quality of conversions to WebP and JPEG."),

        .bool("public_list", \.publicList, "Whether uploads are listed for everybody."),
        .integer("recycle_days", \.recycleDays, 0...3650,
                 "How many days a deleted file stays in the recycle bin; `imagebed gc` removes it for good."),
        .bytes("minimum_free_bytes", \.minimumFreeBytes, 0...(1024 * ByteCount.gigabyte),
               "Uploads are refused when the disk has less free space than this."),
        .bytes("thumbnail_cache_bytes", \.thumbnailCacheBytes, ByteCount.megabyte...(1024 * ByteCount.gigabyte),
               "How much of the disk thumbnails may use; `imagebed gc` removes the oldest beyond it."),
    ]

    /// The setting that is called `key`.
    public static func declaration(of key: String) -> Declaration? { declarations.first { $0.key == key } }

    /// The settings whose change moves the web server's own limit on request bodies.
    public static let keysOfTheBodyLimit: Set<String> = ["image_max_bytes", "video_max_bytes", "video_upload"]
}
