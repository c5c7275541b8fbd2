// The response to an administrator's page, in EasyImages' format.

import EasyImages
import HTTP
import JSONText
import Responder

struct AdminReply: Reply {
    let response: Response

    init(_ outcome: AdminOutcome, _ form: AdminForm) {
        response = switch (outcome, form) {
        case (_, .nothing), (.worked, .recycleAll): Response(.ok, text: "")
        case (.worked, _): Response(DeletionNotice(worked: form.words.done, mode: form.modes.worked, url: form.echo))
        case (.failed, _): Response(DeletionNotice(failed: form.words.failed, mode: form.modes.failed, url: form.echo))
        case (.unfinished, _): Response(DeletionNotice.unfinished(mode: form.modes.failed, url: form.echo))
        }
    }
}

extension AdminForm {
    /// The messages for the response and the log.
    var words: (done: String, failed: String) {
        switch self {
        case .delete, .deleteAddress, .deleteDay, .deleteAll, .nothing: ("删除成功", "删除失败")
        case .recycle, .recycleAll: ("回收成功", "回收失败")
        case .restore, .restoreSuspect: ("恢复成功", "恢复失败")
        case .deleteFolder: ("删除文件夹成功", "删除文件夹失败")
        case .forgetRelease: ("", "更新版本号失败")
        case .forgetCode: ("重置缓存成功", "")
        }
    }

    fileprivate var modes: (worked: String, failed: String) {
        switch self {
        case .recycle: ("recycle", "delete")
        case .recycleAll: ("recycle", "recycle")
        case .deleteDay: ("delDir", "delDir")
        default: ("delete", "delete")
        }
    }

    /// The request's value, returned without HTML tags as EasyImages does. nil omits the field.
    fileprivate var echo: JSONValue? {
        switch self {
        case .delete(let sent), .recycle(let sent), .restore(let sent), .restoreSuspect(let sent), .deleteFolder(let sent),
             .forgetRelease(let sent): sent.map(AdminForm.echo) ?? .null
        case .deleteDay(let sent), .deleteAddress(let sent): AdminForm.echo(sent)
        case .deleteAll(let all): .array(all.map(AdminForm.echo))
        case .recycleAll, .forgetCode, .nothing: nil
        }
    }

    private static func echo(_ sent: String) -> JSONValue { .string(FileNameBody.withoutTags(sent)) }
}
