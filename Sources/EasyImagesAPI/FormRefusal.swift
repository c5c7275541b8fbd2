// Errors of the old forms: status 200, and in the body a code and a message, which scripts compare. The messages are EasyImages' own.

import EasyImages
import JSONText
import Media
import PictureWorker
import Process
import Time
import UploadPipeline

/// Why an upload through an old form was rejected.
public enum FormRefusal: Error {
    case says(Int, String)
    /// The message includes the server's clock.
    case signature
    /// The file itself was rejected.
    case file(String)
    /// A piece of a file was stored; the response is empty.
    case pieceKept

    static let noFile = "没有选择上传的文件"
    static let emptyFile = "文件内容为空。"
    static let oneFile = "一次只能上传一个文件。"
    static let wrongFormat = "不正确的文件格式。"
    static let activeGraphic = "请勿上传非法文件"
    static let blockedFile = "当前文件禁止上传"
    static let badPiece = "Invalid input"
    static let tooManyPieces = "未完成的分片上传过多,请稍后重试"

    static func daily(_ limit: Int) -> FormRefusal { .says(202, "游客限制每日上传 \(limit) 张") }

    static func tooLarge(_ size: Int, limit: Int) -> FormRefusal { .file("文件太大。 : \(size) > \(limit)") }

    /// Converts errors of the pipeline; rethrows those that are not about the file.
    ///
    /// - Parameter graphicCode: the code for an SVG with active content.
    init(_ error: any Error, graphicCode: Int, type: MediaType?) throws {
        switch error {
        case UploadRefusal.overSize(let size, let limit): self = .tooLarge(size, limit: limit)
        case UploadRefusal.tooWide: self = .file("图片宽度太大。")
        case UploadRefusal.tooNarrow: self = .file("图片宽度太小。")
        case UploadRefusal.tooHigh: self = .file("图片高度太大。")
        case UploadRefusal.tooLow: self = .file("图片高度太小。")
        case UploadRefusal.activeGraphic: self = .says(graphicCode, FormRefusal.activeGraphic)
        case UploadRefusal.videoDisabled: self = .file(FormRefusal.wrongFormat)
        case let refusal as MediaRefusal: self = .file(FormRefusal.message(for: refusal))
        case let failure as PictureFailure where failure.isThePicturesFault: self = .file(FormRefusal.undecodable(type))
        default: throw error
        }
    }

    private static func message(for refusal: MediaRefusal) -> String {
        if case .tooLarge = refusal.reason { "图片尺寸太大。" } else { wrongFormat }
    }

    private static func undecodable(_ type: MediaType?) -> String {
        guard let type, type.isDecodable else { return wrongFormat }
        return "从源文件创建 \(type.rawValue.uppercased()) 图片过程中出错。"
    }

    /// The members of the response.
    ///
    /// - Parameter naming: members between code and message for a rejected file.
    func members(naming: [(String, JSONValue)]) -> [(String, JSONValue)] {
        switch self {
        case .says(let code, let message): FormRefusal.failed(code) + [("message", .string(message))]
        case .signature:
            FormRefusal.failed(403) + [("systime", .int(Int64(Now.seconds))), ("message", "上传签名错误,请刷新重试")]
        case .file(let message):
            FormRefusal.failed(400) + naming + [("message", .string(message)), ("memory", .string(FormRefusal.memory))]
        case .pieceKept: []
        }
    }

    private static func failed(_ code: Int) -> [(String, JSONValue)] { [("result", "failed"), ("code", .int(Int64(code)))] }

    /// Peak memory of this process, which scripts print.
    private static var memory: String { SizeText.format(ThisProcess.largestMemory) }
}
