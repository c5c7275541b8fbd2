// The types that the upload forms take, for the chooser and for people. Content decides; a browser only filters by these.

import Media
import Settings

struct AcceptedTypes {
    let images: [MediaType]
    /// Empty where no videos are taken.
    let videos: [MediaType]

    init(_ settings: Settings) {
        images = MediaType.allCases.filter { $0.kind == .image }
        videos = settings.videoUpload && settings.forms.takesVideos ? MediaType.allCases.filter { $0.kind == .video } : []
    }

    private var all: [MediaType] { images + videos }

    /// One for each type: "jpg".
    var extensions: [String] { all.map(\.fileExtension) }

    /// Whether a file with this name may be one of them.
    func allow(name: String) -> Bool {
        let last = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased()
        return last.map { ending in all.contains { $0.fileExtensions.contains(ending) } } ?? false
    }

    /// The value of the attribute `accept`: extensions for browsers on computers, media types for phones.
    var accept: String {
        (all.flatMap(\.fileExtensions).map { "." + $0 } + all.map(\.mime)).joined(separator: ",")
    }
}
