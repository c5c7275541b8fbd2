// Settings that belong together for whoever changes them. The order is that of the manual.

/// What a setting is about.
public enum SettingGroup: CaseIterable, Sendable {
    /// Name, address and time zone.
    case site
    /// What is taken, and of whom.
    case uploads
    /// What happens to a picture when it is taken.
    case pictures
    case watermark
    /// How long files are kept, and how much of the disk they may use.
    case storage
    case thumbnails
    /// Folders, names and addresses of stored files.
    case names
    /// Addresses that do not show where a file lies.
    case hiding
    /// EasyImages' forms, and logging in.
    case forms
    /// Who may not upload, how often, and what is written down about it.
    case senders
    /// What visitors see beside single files.
    case pages
}
