// A group of settings: see NamingSettings.swift.

/// Pages for visitors.
public struct PageSettings: Sendable {
    public var publicNumbers = false
    public var publicNumbersList = "time,today,yesterday,total_space,used_space,free_space,image_used,file,dir,month"
    /// Maximum age of cached statistics in hours.
    public var numbersHours = 2
    public var newestFirst = true
    public var gallerySize = 20
    public var galleryDays = 36_500
    public var publicDetails = true
    /// Whether the page of details shows some other pictures.
    public var randomPictures = true
    public var showsStatistics = true
    public var showsFiles = true
    public var showsSettings = true
    public var reportURL = ""
    public var terms = ""

    public init() {}
}
