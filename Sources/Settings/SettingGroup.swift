// Groups of settings, in the order of the manual.

/// The subject of a setting.
public enum SettingGroup: CaseIterable, Sendable {
    /// Name, address and time zone.
    case site
    /// Which uploads are accepted, and from whom.
    case uploads
    /// How a picture is processed at upload.
    case pictures
    case watermark
    /// How long files are kept, and how much disk space they may use.
    case storage
    case thumbnails
    /// Folders, names and URLs of stored files.
    case names
    /// Links that do not show the path of a file.
    case hiding
    /// EasyImages' forms, and login.
    case forms
    /// Who may not upload, and what is logged about uploads.
    case senders
    /// How much one address, key or account may ask of the site.
    case limits
    /// Pages for visitors.
    case pages
    /// The appearance of pages.
    case looks
    /// HTML that the operator wrote for public pages.
    case operatorTexts
}
