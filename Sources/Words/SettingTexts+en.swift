// The names of settings in English, in the order of their declarations, which have what is said of each.

extension SettingTexts {
    static let en = SettingTexts([
        .init("site_name", "Site name"), .init("base_url", "Site address"), .init("site_description", "Site description"),
        .init("site_keywords", "Site keywords"), .init("time_zone", "Time zone"), .init("hsts_seconds", "Seconds of https only"),
        .init("image_max_bytes", "Largest picture"), .init("video_max_bytes", "Largest video"), .init("video_upload", "Videos"),
        .init("image_max_pixels", "Most pixels of a picture"), .init("decode_max_pixels", "Most pixels decoded"), .init("image_max_side", "Longest side"),
        .init("image_max_width", "Greatest width"), .init("image_max_height", "Greatest height"), .init("image_min_width", "Least width"),
        .init("image_min_height", "Least height"), .init("anonymous_upload", "Uploads by anybody"), .init("deduplicate", "Store duplicates once"),
        .init("strip_metadata", "Remove hidden data"), .init("convert_format", "Convert to"), .init("convert_quality", "Quality of conversions"),
        .init("convert_always", "Always keep the conversion"), .init("scale_uploads", "Scale uploads"), .init("upright_uploads", "Turn upright"),
        .init("picture_memory", "Memory for pictures"), .init("watermark", "Watermark"), .init("watermark_text", "Watermark text"),
        .init("watermark_color", "Watermark colour"), .init("watermark_size", "Watermark size"), .init("watermark_font", "Watermark font"),
        .init("watermark_picture", "Watermark picture"), .init("watermark_position", "Watermark position"), .init("public_list", "Public gallery"),
        .init("recycle", "Recycle bin"), .init("recycle_days", "Days in the recycle bin"), .init("minimum_free_bytes", "Free space to keep"),
        .init("thumbnail_cache_bytes", "Space for thumbnails"), .init("thumbnail_mode", "What pages show"), .init("thumbnail_width", "Thumbnail width"),
        .init("thumbnail_height", "Thumbnail height"), .init("thumbnail_fit", "Thumbnail shape"), .init("uploads_path", "Path of files"),
        .init("picture_urls", "Addresses of pictures"), .init("folder_format", "Folder format"), .init("name_style", "Naming of files"),
        .init("name_with_token_id", "Names with the token's id"), .init("folder_by_token", "A folder for each token"),
        .init("folder_by_user", "A folder for each user"), .init("folder_of_admin", "A folder for administrators"),
        .init("admin_folder", "Folder of administrators"), .init("hide_links", "Hide paths in links"), .init("hide_key", "Former key of hidden links"),
        .init("hide_path", "Leave out the path of files"), .init("token_upload", "Uploads with tokens"), .init("forms_take_videos", "Old forms take videos"),
        .init("chunk_bytes", "Size of pieces"), .init("show_delete_links", "Delete links in answers"),
        .init("login_captcha", "Picture at sign-in", """
            Whether logging in always needs the text of a picture; off: only after many wrong passwords for one account. Who cannot see the \
            picture cannot sign in (WCAG 3.3.8 is not met), and wrong passwords are limited in any case.
            """),
        .init("session_days", "Days of a sign-in"), .init("session_idle_hours", "Hours of idleness"), .init("registration", "Registration"),
        .init("download_extensions", "Downloadable extensions"), .init("check_addresses", "Check addresses"), .init("address_list", "List of addresses"),
        .init("address_list_allows", "Only listed addresses"), .init("trusted_proxies", "Trusted proxies"), .init("daily_upload_limit", "Uploads a day"),
        .init("check_blocked_md5", "Check MD5 sums"), .init("blocked_md5", "Blocked MD5 sums"), .init("record_senders", "Record senders"),
        .init("public_numbers", "Public numbers"), .init("public_numbers_list", "Which numbers"), .init("numbers_hours", "Age of numbers"),
        .init("gallery_newest_first", "Newest first"), .init("gallery_size", "Pictures a page"), .init("gallery_days", "Days in the gallery"),
        .init("public_details", "Public details"), .init("random_pictures", "Other pictures"), .init("sign_in_days", "Days of sign-ins"), .init("report_url", "Address for reports"), .init("terms", "Terms of use"),
        .init("accent", "Colour"), .init("theme_switch", "Choice of appearance"), .init("default_language", "Default language"),
        .init("history_link", "Link to the history"), .init("login_picture", "Sign-in picture"), .init("first_format", "First links shown"),
        .init("batch_files", "Files at once"), .init("announcement", "Announcement"), .init("notice", "Notice"), .init("notice_shown", "Show the notice"),
        .init("head_html", "Code in the head"), .init("banner_top", "Banner above"), .init("banner_bottom", "Banner below"),
        .init("footer_html", "Code in the footer"), .init("operator_scripts", "Run these scripts"),
    ], choices: [
        "convert_format.off": "No conversion", "watermark.off": "None", "watermark.text": "Text", "watermark.picture": "Picture",
        "thumbnail_mode.original": "Files themselves", "thumbnail_mode.ondemand": "Thumbnails, made when seen",
        "thumbnail_mode.upload": "Thumbnails, made at upload", "thumbnail_fit.crop": "Cropped", "thumbnail_fit.stretch": "Stretched",
        "name_style.short": "Short name", "name_style.source": "Original name", "name_style.date": "Date", "name_style.unix": "Unix time",
        "registration.closed": "Closed", "registration.open": "Open", "registration.approval": "With approval",
        "accent.default": "Default", "accent.red": "Red", "accent.green": "Green", "accent.blue": "Blue", "accent.bluegrey": "Blue grey",
        "accent.indigo": "Indigo", "accent.brown": "Brown", "accent.yellow": "Yellow", "accent.purple": "Purple", "accent.black": "Black",
        "accent.grey": "Grey", "default_language.auto": "The browser's", "default_language.zh-CN": "Simplified Chinese",
        "default_language.zh-TW": "Traditional Chinese", "default_language.en": "English", "first_format.link": "Link",
        "first_format.markdown": "Markdown", "first_format.bbcode": "BBCode", "first_format.html": "HTML", "first_format.thumbnail": "Thumbnail",
        "first_format.delete": "Delete link",
    ])
}
