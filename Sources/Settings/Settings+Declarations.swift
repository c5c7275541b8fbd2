// The table of settings by groups, in the order of the manual.

import Paths

extension Settings {
    /// All settings.
    public static let declarations = groups.flatMap { group, rows in rows.map { $0.in(group) } }

    private static let groups: [(SettingGroup, [Declaration])] = [
        (.site, site), (.uploads, uploads), (.pictures, pictures), (.watermark, watermark), (.storage, storage), (.thumbnails, thumbnails),
        (.names, names), (.hiding, hiding), (.forms, forms), (.senders, senders), (.limits, limitsOfUse), (.pages, pages),
        (.looks, looks), (.operatorTexts, operatorTexts),
    ]

    private static let site: [Declaration] = [
        .text("site_name", \.siteName, limit: 300, "The name in the head of the site's pages."),
        .url("base_url", \.baseURL,
             "The address that visitors use, with its path prefix where there is one; every URL in an answer starts with it."),
        .optionalText("site_description", \.siteDescription, limit: 1000, "What search engines and previews of links say about the site."),
        .optionalText("site_keywords", \.siteKeywords, limit: 1000, "Keywords for search engines, with commas between them."),
        .timeZone("time_zone", \.timeZone,
                  "The time zone of shown times and of the folders by month; responders take a change when they next start."),
        .integer("hsts_seconds", \.hstsSeconds, 0...63_072_000,
                 "For how many seconds browsers are told to use https alone (`Strict-Transport-Security`), in answers by https; 0 tells "
                     + "nothing. Turn it on once all addresses of the site answer by https and will go on so: until the time is over, browsers "
                     + "that were told use nothing else. Begin with 300; 31536000 is a year."),
    ]

    private static let uploads: [Declaration] = [
        .bytes("image_max_bytes", \.imageMaxBytes, ByteCount.kilobyte...ByteCount.gigabyte, "The largest picture that is taken."),
        .bytes("video_max_bytes", \.videoMaxBytes, ByteCount.kilobyte...(100 * ByteCount.gigabyte),
               "The largest video that is taken."),
        .bool("video_upload", \.videoUpload, "Whether videos are taken at all."),
        .integer("image_max_pixels", \.imageMaxPixels, 1_000_000...250_000_000,
                 "The most pixels, width times height, of a picture that is taken."),
        .integer("decode_max_pixels", \.decodeMaxPixels, 1_000_000...50_000_000,
                 "The most pixels of a picture that is decoded, after the reduction with which a JPEG can be read. A larger picture is stored as "
                     + "it was sent, and refused if it would have to be marked; it has a thumbnail only if it can be read reduced, and if "
                     + "`picture_memory` allows that."),
        .integer("image_max_side", \.imageMaxSide, 100...65_535,
                 "The longest side of a picture that is taken, in pixels; with a side over 16383 it is stored as it was sent."),
        .integer("image_max_width", \.imageMaxWidth, 1...65_535, "The widest picture that is taken, in pixels."),
        .integer("image_max_height", \.imageMaxHeight, 1...65_535, "The tallest picture that is taken, in pixels."),
        .integer("image_min_width", \.imageMinWidth, 1...5_120, "The least width of a picture that is taken, in pixels."),
        .integer("image_min_height", \.imageMinHeight, 1...5_120, "The least height of a picture that is taken, in pixels."),
        .bool("anonymous_upload", \.anonymousUpload, "Whether anybody may upload without an account or an API key."),
        .integer("anonymous_retention_days", \.anonymousRetention.days, 0...3650,
                 "After how many days uploads without an account go to the recycle bin (or for good, where `recycle` is off), within ten minutes; 0 "
                     + "keeps them. What was imported from EasyImages is kept in any case."),
        .integer("anonymous_retention_files", \.anonymousRetention.files, 0...100_000_000,
                 "How many uploads without an account are kept at most: the oldest ones go likewise; 0 keeps all."),
        .bytes("anonymous_retention_bytes", \.anonymousRetention.bytes, 0...(1024 * 1024 * ByteCount.gigabyte),
               "How large uploads without an account may be together: the oldest ones go likewise; 0 keeps all."),
        .bool("deduplicate", \.deduplicate,
              "Whether a picture that its owner uploaded before is answered with the earlier file and not stored again, as long as the settings "
                  + "make the same of it."),
    ]

    private static let pictures: [Declaration] = [
        .bool("strip_metadata", \.stripMetadata,
              "Whether position, camera and other hidden data are removed from new files, without touching pixels or frames: EXIF, XMP, IPTC, "
                  + "comments, previews, gain maps of HDR photographs and whatever follows the picture; in videos titles, dates, programs, "
                  + "devices, positions and attached pictures; in SVG comments, `metadata` and what drawing programs add. Orientation and color "
                  + "profile stay. Where they cannot be removed (camera raw, pictures in styles of an SVG) the file is refused."),
        .choice("convert_format", \.convertFormat,
                "What pictures are converted to; the smaller of both files is kept, animated pictures stay as they are."),
        .integer("convert_quality", \.convertQuality, 1...100,
                 "The quality of conversions to WebP and JPEG, and the percentage of `scale_uploads`."),
        .integer("convert_effort", \.convertEffort, 0...6,
                 "How much time the encoder of WebP takes for a smaller file (libwebp's method): 0 is the fastest; above 4 megapixels 4 "
                     + "is the most, above 12 megapixels 2."),
        .bool("convert_always", \.convertsAlways,
              "Whether a conversion counts even when its file is larger than the one that was sent, as in EasyImages."),
        .bool("scale_uploads", \.scalesUploads,
              "Whether new pictures are scaled to `convert_quality` percent of their sides (EasyImages' `compress`)."),
        .bool("upright_uploads", \.uprights,
              "Whether a JPEG that its camera marked as turned is re-encoded and stored upright."),
        .bytes("picture_memory", \.pictureMemory, 0...(1024 * ByteCount.gigabyte),
               "The memory that pictures being made may take together; 0 decides by the memory of the machine; less than 48MB counts as 48MB."),
    ]

    private static let watermark: [Declaration] = [
        .choice("watermark", \.watermark.kind, "The mark drawn on new pictures that are not animated."),
        .optionalText("watermark_text", \.watermark.text, limit: 500, "The text of the mark."),
        .color("watermark_color", \.watermark.color, "Its colour as `rgba(red,green,blue,opacity)`."),
        .integer("watermark_size", \.watermark.size, 5...300, "Its size in pixels."),
        .optionalText("watermark_font", \.watermark.font, limit: 500,
                      "The font's file, with its whole path; nothing for one below /usr/share/fonts."),
        .optionalText("watermark_picture", \.watermark.picture, limit: 500,
                      "The file of a mark that is a picture, with its whole path; smaller pictures stay unmarked."),
        .integer("watermark_position", \.watermark.position, 0...9,
                 "Where the mark stands: 1 to 9 by rows from the top left, 0 for a random place."),
    ]

    private static let storage: [Declaration] = [
        .bool("public_list", \.publicList, "Whether uploads are listed for everybody."),
        .bool("recycle", \.recycles, "Whether deleted files go to the recycle bin first."),
        .bool("replace_files", \.replacesFiles,
              "Whether owners and administrators may put another file in the place of a stored one, under its address. Files and thumbnails are "
                  + "sent with `max-age=300` then, otherwise as unchanging for a year; what browsers and caches fetched before stays with them."),
        .integer("recycle_days", \.recycleDays, 0...3650,
                 "How many days a deleted file stays in the recycle bin; `imagebed gc` removes it for good."),
        .bytes("minimum_free_bytes", \.minimumFreeBytes, 0...(1024 * ByteCount.gigabyte),
               "Uploads are refused when the disk has less free space than this, and no thumbnails made: pages then show the pictures themselves."),
        .bytes("thumbnail_cache_bytes", \.thumbnailCacheBytes, ByteCount.megabyte...(1024 * ByteCount.gigabyte),
               "How much of the disk thumbnails may use; the oldest go when another would be too much."),
    ]

    private static let thumbnails: [Declaration] = [
        .choice("thumbnail_mode", \.thumbnails.mode,
                "What pages show: files themselves or thumbnails; made at `upload`, they are what the old forms answer as `thumb`."),
        .integer("thumbnail_width", \.thumbnails.width, 16...2048, "The width of a thumbnail when a link names no size."),
        .integer("thumbnail_height", \.thumbnails.height, 16...2048, "The height of a thumbnail when a link names no size."),
        .choice("thumbnail_fit", \.thumbnails.fit,
                "What happens to a picture of another shape when a link does not say; EasyImages stretches."),
    ]

    private static let names: [Declaration] = [
        .folderURL("uploads_path", \.naming.uploadsPath,
                   "The path under which stored files are served, beside `/uploads/` (EasyImages' `path`); in no folder of the site's own, such as "
                       + "`/app/`."),
        .urls("picture_urls", \.naming.pictureURLs, limit: 2000,
                      "Base URLs of pictures in answers of the old forms, with commas between them; one is picked at random."),
        .optionalText("folder_format", \.naming.folderFormat, limit: 60,
                      "The folder of files of the old forms, in the letters of PHP's `date()`; nothing for no folder."),
        .choice("name_style", \.naming.style, "How files of the old forms are named."),
        .bool("name_with_token_id", \.naming.withTokenID, "Whether names of token uploads end in `-` and the token's id."),
        .bool("folder_by_token", \.naming.folderByToken, "Whether each token's uploads have a folder of their own, its id."),
        .bool("folder_by_user", \.naming.folderByUser, "Whether uploads of logged-in users have a folder of their own."),
        .bool("folder_of_admin", \.naming.folderOfAdmin, "Whether an admin's uploads go to `admin_folder`."),
        .text("admin_folder", \.naming.adminFolder, limit: 60, "The folder of an admin's uploads."),
    ]

    private static let hiding: [Declaration] = [
        .bool("hide_links", \.hiding.hidesLinks, "Whether answers of the old forms give links that hide where the file lies."),
        .optionalText("hide_key", \.hiding.oldKey, limit: 500,
                      "The secret of hidden links that EasyImages gave out; new ones do not depend on it."),
        .bool("hide_path", \.hiding.hidesPath,
              "Whether picture addresses leave `uploads_path` out, and the site serves them so."),
    ]

    private static let forms: [Declaration] = [
        .bool("token_upload", \.forms.tokenUpload, "Whether `\(Path.tokenUpload.text)` takes uploads."),
        .bool("forms_take_videos", \.forms.takesVideos, "Whether the old forms take videos too, not only pictures."),
        .bytes("chunk_bytes", \.forms.chunkBytes, 0...(100 * ByteCount.megabyte),
               "The size of the pieces in which the web page sends a file; 0 sends it whole."),
        .bool("show_delete_links", \.forms.showsDeleteLinks, "Whether answers of the old forms hold a delete link."),
        .bool("login_captcha", \.forms.loginCaptcha,
              "Whether logging in always needs the text of a picture; off: only after many wrong passwords for one account."),
        .integer("session_days", \.forms.sessionDays, 1...365, "How many days a login lasts at most."),
        .integer("session_idle_hours", \.forms.sessionIdleHours, 1...8760, "After how many hours without a request a login has ended."),
        .choice("registration", \.forms.registration,
                "Who may make an account: nobody, anybody, or everybody whom an administrator then approves."),
        .optionalText("download_extensions", \.forms.downloadExtensions, limit: 1000,
                      "What `\(Path.download.text)` sends, as file name extensions with commas between them."),
    ]

    private static let senders: [Declaration] = [
        .bool("check_addresses", \.senders.checksAddresses, "Whether `address_list` decides who may use the old forms."),
        .addresses("address_list", \.senders.addressList, limit: 60_000,
                   "Addresses with commas between them; `*` stands for digits, `192.0.2.0/24` for a network."),
        .bool("address_list_allows", \.senders.addressListAllows,
              "Whether only listed addresses may upload; off, listed addresses may not."),
        .addresses("trusted_proxies", \.senders.trustedProxies, limit: 4000,
                   "Addresses of proxies in front of the site, as in `address_list`, but with `*` for whole numbers at the end alone: only they are "
                       + "believed about `X-Forwarded-For`."),
        .integer("daily_upload_limit", \.senders.dailyLimit, 0...1_000_000,
                 "How many files a visitor's address may upload a day without logging in; 0 for any number."),
        .bool("check_blocked_md5", \.senders.checksBlockedMD5, "Whether `blocked_md5` is looked at."),
        .optionalText("blocked_md5", \.senders.blockedMD5, limit: 1_000_000, "MD5 sums of files that are not taken, in any text."),
        .bool("record_senders", \.senders.isRecorded,
              "Whether address, port and program of the sender are kept with each upload, for the log."),
        .integer("sign_in_days", \.senders.signInDays, 1...3650, "How many days attempts to sign in stay in the log."),
    ]

    private static let pages: [Declaration] = [
        .bool("public_numbers", \.pages.publicNumbers, "Whether `\(Path.publicNumbers.text)` answers."),
        .optionalText("public_numbers_list", \.pages.publicNumbersList, limit: 500, "Which numbers it tells, with commas between."),
        .integer("numbers_hours", \.pages.numbersHours, 0...8760, "How many hours old the site's numbers may be."),
        .bool("gallery_newest_first", \.pages.newestFirst, "Whether the gallery begins with the last name of a day."),
        .integer("gallery_size", \.pages.gallerySize, 1...1000, "How many pictures the gallery shows at once."),
        .integer("gallery_days", \.pages.galleryDays, 0...36_500, "How many days back visitors may look in the gallery."),
        .bool("public_details", \.pages.publicDetails, "Whether visitors see the page of a picture's details."),
        .bool("random_pictures", \.pages.randomPictures, "Whether that page shows some of the last pictures to those who may see the gallery."),
        .bool("statistics_page", \.pages.showsStatistics, "Whether administrators have `\(Path.chart.text)`; off, nobody has."),
        .bool("files_page", \.pages.showsFiles, "Whether administrators have `\(Path.files.text)`; off, nobody has."),
        .bool("settings_page", \.pages.showsSettings,
              "Whether administrators have `\(Path.settings.text)`; off, nobody has, and only `imagebed settings set settings_page on` brings it back."),
        .optionalText("report_url", \.pages.reportURL, limit: 500, "Where a picture is reported; nothing hides the button."),
        .optionalText("terms", \.pages.terms, limit: 200_000, "The terms of use, in HTML, as the operator writes them."),
    ]

    private static let looks: [Declaration] = [
        .choice("accent", \.looks.accent, "The colour of buttons and links."),
        .bool("theme_switch", \.looks.offersThemes,
              "Whether visitors can choose between a light and a dark appearance; off, pages follow the visitor's system."),
        .choice("default_language", \.looks.defaultLanguage,
                "The language of pages for visitors who have chosen none; `auto` is the one that the browser asks for."),
        .bool("history_link", \.looks.linksHistory,
              "Whether pages link to `\(Path.uploadHistory.text)`, which answers in any case."),
        .optionalText("login_picture", \.looks.loginPicture, limit: 500,
                      "The address of a picture on the login page, such as `/uploads/2025/07/04/a.jpg`; nothing for none."),
        .choice("first_format", \.looks.firstFormat, "Which links the upload page shows a browser that has not chosen a form of links yet."),
        .integer("batch_files", \.looks.batchFiles, 1...1000, "How many files the upload page takes at once, and a form of the API (100 at most)."),
    ]

    private static let operatorTexts: [Declaration] = [
        html("announcement", \.operatorTexts.announcement, "The announcement on the upload page, in HTML."),
        html("notice", \.operatorTexts.notice, "What the upload page tells a visitor once in a session of the browser, in HTML."),
        .bool("notice_shown", \.operatorTexts.showsNotice, "Whether `notice` is shown."),
        html("head_html", \.operatorTexts.head, "HTML for the end of `<head>` of public pages, such as `<style>` or `<meta>`."),
        html("banner_top", \.operatorTexts.bannerTop, "HTML above the content of public pages."),
        html("banner_bottom", \.operatorTexts.bannerBottom, "HTML below the content of public pages."),
        html("footer_html", \.operatorTexts.footer, "HTML for the footer of public pages."),
        .bool("operator_scripts", \.operatorTexts.runsScripts,
              "Whether scripts in these texts and in `terms` run: they can see and do all that the visitor can, and an administrator is one "
                  + "too. Pages with passwords, keys or settings never show these texts."),
    ]

    /// HTML of the operator. Each page carries it, so it is limited to what a page can carry.
    private static func html(_ key: String, _ property: Property<String>, _ documentation: String) -> Declaration {
        .optionalText(key, property, limit: 20_000, documentation)
    }

    /// The setting with this key.
    public static func declaration(of key: String) -> Declaration? { declarations.first { $0.key == key } }

    /// The settings on which the web server's configuration depends (`WebValues`).
    public static let keysOfTheWebServer: Set<String> = [
        "image_max_bytes", "video_max_bytes", "video_upload", "uploads_path", "hide_path", "thumbnail_width", "thumbnail_height",
        "thumbnail_fit", "hsts_seconds", "site_name", "trusted_proxies", "replace_files",
    ]

    /// The settings that pages only show. They name files of the machine or let foreign scripts run: a stolen session must not reach
    /// further than the site's data.
    public static let keysOfTheCommandLine: Set<String> = ["watermark_font", "watermark_picture", "operator_scripts"]

    /// The settings whose values are in no log.
    public static let secretKeys: Set<String> = ["hide_key"]
}
