// One number of the site as plain text, each as EasyImages has it: scripts and badges read them.

import Disk
import EasyImages
import HTTP
import MediaStore
import Pages
import Settings
import Time

struct NumbersReply {
    let response: Response

    init(_ query: Query, _ settings: Settings, _ store: MediaStore, disk: Folder) throws {
        guard settings.pages.publicNumbers else {
            response = Response(.forbidden, text: "开放数据接口已关闭!")
            return
        }
        let listed = settings.pages.publicNumbersList.split(separator: ",").map { $0.drop { $0 == " " } }
        guard let name = query.all("show").last, listed.contains(where: { $0 == name }) else {
            response = Response(.badRequest, text: "没有权限或参数错误!")
            return
        }
        let numbers = try store.numbers(hours: settings.pages.numbersHours)
        response = Response(.ok, text: try NumbersReply.text(name, numbers, disk))
    }

    private static func text(_ name: String, _ numbers: SiteNumbers, _ disk: Folder) throws -> String {
        switch name {
        case "time": SiteTime(numbers.computedAt).text
        case "today": "\(numbers.days[0])"
        case "yesterday": "\(numbers.days[1])"
        case "total_space": SizeText.format(try disk.totalBytes())
        case "used_space": SizeText.format(max(0, try disk.totalBytes() - disk.freeBytes()))
        case "free_space": SizeText.format(try disk.freeBytes())
        case "image_used": SizeText.format(numbers.bytes)
        case "file": "\(numbers.files)"
        case "dir": "\(numbers.folders)"
        case "month": numbers.days.map { "\"\($0)\" ," }.joined()
        // What the operator listed and nobody knows.
        default: "Array"
        }
    }
}
