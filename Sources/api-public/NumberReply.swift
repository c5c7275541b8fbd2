// One statistic as plain text in EasyImages' format, for scripts and badges.

import Disk
import EasyImages
import HTTP
import MediaStore
import Responder
import Time

/// Size and free space of a disk in bytes.
struct DiskSpace {
    let total: Int
    let free: Int

    init(of folder: Folder) throws { (total, free) = try (folder.totalBytes(), folder.freeBytes()) }
}

struct NumberReply: Reply {
    let response: Response

    init(_ name: String, _ numbers: SiteNumbers, _ disk: DiskSpace) {
        let text = switch name {
        case "time": SiteTime(numbers.computedAt).text
        case "today": "\(numbers.days[0])"
        case "yesterday": "\(numbers.days[1])"
        case "total_space": SizeText.format(disk.total)
        case "used_space": SizeText.format(max(0, disk.total - disk.free))
        case "free_space": SizeText.format(disk.free)
        case "image_used": SizeText.format(numbers.bytes)
        case "file": "\(numbers.files)"
        case "dir": "\(numbers.folders)"
        case "month": numbers.days.map { "\"\($0)\" ," }.joined()
        // A name that the settings list but that does not exist.
        default: "Array"
        }
        response = Response(.ok, text: text)
    }
}
