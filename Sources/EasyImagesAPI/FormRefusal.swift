// Errors of the old forms: status 200, and in the body a code and a message, which scripts compare. The messages are EasyImages' own.

import EasyImages
import HTTP
import JSONText
import Media
import MediaStore
import Process
import Site
import Time
import UploadPipeline

/// Why an upload through an old form was rejected.
public enum FormRefusal: Error {
    case says(Int, String)
    case notLoggedIn
    /// The sender's address may not upload; the message depends on the form.
    case address(String)
    case dailyLimit(Int)
    /// The account stores as much as it may. EasyImages has no such limit: the message is ours.
    case quota(QuotaExceeded)
    /// No term that a file can have. EasyImages has none: the message is ours.
    case expiry(InvalidExpiry)
    /// The message includes the server's clock, in seconds since 1970.
    case signature(now: Int)
    /// The file itself was rejected; the message includes the peak memory of this process in bytes, which scripts print.
    case file(FileFault, memory: Int)
    /// A vector graphic with active or external content; the code depends on the form.
    case activeGraphic(code: Int)
    /// The operator blocks this file.
    case blockedFile
    /// A piece of a file was stored; the response is empty.
    case pieceKept

    static let noFile = "没有选择上传的文件"
    static let badPiece = "Invalid input"
    static let tooManyPieces = "未完成的分片上传过多,请稍后重试"

    static func badFile(_ fault: FileFault) -> FormRefusal { .file(fault, memory: ThisProcess.largestMemory) }

    /// Converts errors of the pipeline; rethrows those that are not about the file.
    ///
    /// - Parameter graphicCode: the code for an SVG with active content.
    init(_ error: any Error, graphicCode: Int, type: MediaType?) throws {
        if case UploadRefusal.activeGraphic = error {
            self = .activeGraphic(code: graphicCode)
        } else if let fault = FileFault(error, type: type) {
            self = .badFile(fault)
        } else {
            throw error
        }
    }

    /// The members of the response.
    ///
    /// - Parameter naming: members between code and message for a rejected file.
    func members(naming: [(String, JSONValue)]) -> [(String, JSONValue)] {
        switch self {
        case .says(let code, let message): FormRefusal.failed(code, message)
        case .notLoggedIn: FormRefusal.failed(401, "本站已开启登陆上传,您尚未登陆")
        case .address(let message): FormRefusal.failed(205, message)
        case .dailyLimit(let limit): FormRefusal.failed(202, "游客限制每日上传 \(limit) 张")
        case .quota(let excess): FormRefusal.failed(403, FormRefusal.message(for: excess))
        case .expiry(let invalid):
            FormRefusal.failed(400, "\(Expiry.field) 无效: \(Problem.excerpt(invalid.text)); 请用秒数, 时长 (PT1H, P7D) 或日期, 从 60 秒到 10 年")
        case .activeGraphic(let code): FormRefusal.failed(code, "请勿上传非法文件")
        case .blockedFile: FormRefusal.failed(205, "当前文件禁止上传")
        case .signature(let now):
            FormRefusal.failed(403) + [("systime", .int(Int64(now))), ("message", "上传签名错误,请刷新重试")]
        case .file(let fault, let memory):
            FormRefusal.failed(400) + naming + [("message", .string(fault.message)), ("memory", .string(SizeText.format(memory)))]
        case .pieceKept: []
        }
    }

    private static func message(for excess: QuotaExceeded) -> String {
        switch excess {
        case .files(let used, let limit): "账号的文件数已达上限: 已有 \(used) 个, 最多 \(limit) 个, 请删除一些文件后重试"
        case .bytes(let used, let more, let limit): "账号的空间不足: 已用 \(used), 文件 \(more), 最多 \(limit) 字节, 请删除一些文件后重试"
        }
    }

    private static func failed(_ code: Int, _ message: String) -> [(String, JSONValue)] { failed(code) + [("message", .string(message))] }

    private static func failed(_ code: Int) -> [(String, JSONValue)] { [("result", "failed"), ("code", .int(Int64(code)))] }
}
