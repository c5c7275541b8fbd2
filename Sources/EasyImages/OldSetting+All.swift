// All settings of EasyImages, in the order of its file.

import Settings

extension OldSetting {
    public static let all = pages + site + uploads + pictures + looks + rules + gallery + safety + places

    /// The setting with this key; nil if no release had it.
    public static func named(_ key: String) -> OldSetting? { byKey[key] }

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    private static let pages: [OldSetting] = [
        .text("title", .line("site_name")), .text("keywords", .line("site_keywords")), .text("description", .line("site_description")),
        .text("tips", .line("announcement")), .integer("notice_status", .flag("notice_shown")), .text("notice", .line("notice")),
    ]

    private static let site: [OldSetting] = [
        .address("domain"), .address("imgurl"), .account("user"), .account("password"),
        .integer("ftp_status", missing: "files are not mirrored to an FTP server"), .text("ftp_host"), .integer("ftp_port"),
        .text("ftp_user"), .text("ftp_pass"), .integer("ftp_mode"), .integer("ftp_pasv"), .integer("ftp_ssl"),
        .integer("ftp_time"), .integer("ftp_complete_del_local"), .integer("ftp_delloc_sync"),
        .integer("captcha", .flag("login_captcha")), .integer("mustLogin", .not("anonymous_upload")),
        .integer("apiStatus", .flag("token_upload")),
    ]

    private static let uploads: [OldSetting] = [
        .text("path", .folder("uploads_path", leadingSlash: true)), .text("storage_path", .folder("folder_format", leadingSlash: false)),
        .text("mime"), .text("imgName", .word("name_style", nameStyles)),
        .integer("maxSize", .number("image_max_bytes", "video_max_bytes")), .integer("maxUploadFiles", .number("batch_files")),
        .integer("watermark", .word("watermark", [("0", "off"), ("1", "text"), ("2", "picture")])),
        .text("waterText", .line("watermark_text")), .integer("waterPosition", .number("watermark_position")),
        .text("textColor", .line("watermark_color")), .integer("textSize", .number("watermark_size")),
        .text("textFont", .file("watermark_font")), .text("waterImg", .file("watermark_picture")),
        .text("extensions", .line("download_extensions")),
    ]

    private static let nameStyles = [(old: "default", ours: "short")]
        + ["source", "date", "unix", "crc32", "uniqid", "snowflake", "md5", "sha1", "uuid", "guid"].map { (old: $0, ours: $0) }

    private static let pictures: [OldSetting] = [
        .integer("compress", .flag("scale_uploads")), .integer("compress_ratio", .number("convert_quality")),
        .integer("thumbnail", .word("thumbnail_mode", [("1", "ondemand"), ("0", "original"), ("2", "upload"), ("3", "ondemand")])),
        .integer("thumbnail_w", .number("thumbnail_width")), .integer("thumbnail_h", .number("thumbnail_height")),
        .text("imgConvert", .word("convert_format", [("", "off")] + ["webp", "png", "jpeg", "gif", "bmp"].map { ($0, $0) })),
        .integer("maxWidth", .number("image_max_width")), .integer("maxHeight", .number("image_max_height")),
        .integer("minWidth", .number("image_min_width")), .integer("minHeight", .number("image_min_height")),
        .integer("imgRatio", missing: "browsers do not shrink pictures before they send them"), .integer("image_x"),
        .integer("image_y"), .integer("imgRatio_quality"), .integer("imgRatio_crop"), .integer("imgRatio_preserve_headers"),
    ]

    private static let looks: [OldSetting] = [
        .integer("static_cdn"), .text("theme", .word("accent", Accent.allCases.map { ($0.rawValue, $0.rawValue) })), .text("static_cdn_url"), .text("TinyPng_key"),
        .integer("checkImg", missing: "no other service is asked whether pictures are decent"), .integer("checkImg_value"),
        .text("moderatecontent_key"), .text("nsfwjs_url"), .integer("showSwitch", .flag("public_list")), .integer("history", .flag("history_link")),
        .integer("showSort", .flag("gallery_newest_first")), .integer("listNumber", .number("gallery_size")),
        .integer("listDate", .number("gallery_days")), .text("customize", .line("head_html")), .integer("checkEnv"),
    ]

    private static let rules: [OldSetting] = [
        .integer("allowed", .not("forms_take_videos")), .integer("upload_logs", .flag("record_senders")),
        .integer("cache_freq", .number("numbers_hours")), .integer("upload_first_show", .word("first_format", linkFormats)),
        .integer("dark-mode", .flag("theme_switch")),
        .integer("show_admin_inc", .flag("settings_page")), .integer("show_user_hash_del", .flag("show_delete_links")),
        .integer("show_exif_info", .flag("public_details")), .integer("info_rand_pic", .flag("random_pictures")), .integer("chart_on", .flag("statistics_page")),
        .integer("check_ip", .flag("check_addresses")), .integer("check_ip_model", .flag("address_list_allows")),
        .text("check_ip_list", .line("address_list")), .integer("md5_black", .flag("check_blocked_md5")),
        .text("md5_blacklist", .line("blocked_md5")), .integer("auto_delete", missing: "old days are not deleted by themselves"),
        .text("timezone", .line("time_zone")), .integer("ip_upload_counts", .number("daily_upload_limit")),
        .integer("public", .flag("public_numbers")), .list("public_list", .words("public_numbers_list")),
    ]

    private static let linkFormats = [(old: "1", ours: "link"), ("2", "bbcode"), ("3", "markdown"), ("4", "html"), ("5", "thumbnail"), ("6", "delete")]

    private static let gallery: [OldSetting] = [
        .integer("language", .word("default_language", [("0", "auto"), ("1", "zh-TW")])), .text("login_bg", .pageAddress("login_picture")), .text("report", .line("report_url")), .integer("image_recycl", .flag("recycle")),
        .integer("tinyfilemanager"), .integer("file_manage", .flag("files_page")), .text("delDir"),
    ]

    private static let safety: [OldSetting] = [
        .integer("hide", .flag("hide_links")), .text("hide_key", .line("hide_key")), .integer("hide_path", .flag("hide_path")),
        .integer("admin_path_status", .flag("folder_of_admin")), .integer("guest_path_status", .flag("folder_by_user")),
        .integer("token_path_status", .flag("folder_by_token")), .integer("token_suffix_ID", .flag("name_with_token_id")),
        .text("admin_path", .line("admin_folder")), .integer("chunks", .number("chunk_bytes")),
    ]

    private static let places: [OldSetting] = [
        .text("NProgress_default"), .text("NProgress_Progress"), .text("footer", .line("footer_html")),
        .switching("ad_top"), .text("ad_top_info", .line("banner_top").while("ad_top")),
        .switching("ad_bot"), .text("ad_bot_info", .line("banner_bottom").while("ad_bot")), .text("set_notice"), .text("terms", .line("terms")), .text("update"),
    ]
}
