// What is known of a file, as names and values; for administrators also where it came from.

import EasyImages
import Media
import MediaStore
import Pages
import Time
import Words

struct FileFacts {
    let details: FileDetails
    let links: PictureLinks
    let words: DetailsWords

    private var file: StoredFile { details.file }

    var all: [(name: String, value: String)] {
        var facts = [(words.name, file.path.name)] + (file.originalName.isEmpty ? [] : [(words.originalName, file.originalName)])
        facts.append((words.size, SizeText.format(file.size)))
        if let width = file.width, let height = file.height { facts.append((words.pixels, "\(width) x \(height)")) }
        if let duration = file.duration { facts.append((words.duration, DurationText.format(duration))) }
        facts += [(words.type, file.type.mime), (words.uploadedAt, SiteTime(file.createdAt).text)]
        if let end = file.expiresAt { facts.append((words.expiresAt, SiteTime(end).text)) }
        facts.append((words.views, "\(file.views)"))
        return facts + (details.origin.map(ofAdministrators) ?? [])
    }

    private func ofAdministrators(_ origin: FileOrigin) -> [(name: String, value: String)] {
        let facts = [(words.path, links.parameter(file.path)), ("MD5", text(of: origin.md5))]
        guard let sender = origin.sender else { return facts + [(words.record, words.noRecord)] }
        return facts + [
            (words.sender, sender.address + (sender.port.map { ":\($0)" } ?? "")), (words.browser, sender.userAgent), (words.way, sender.way),
        ]
    }

    private func text(of sum: FileSum) -> String {
        switch sum {
        case .known(let text): text
        case .tooLarge: words.tooLargeForMD5
        case .missing: words.noFileForMD5
        }
    }
}
