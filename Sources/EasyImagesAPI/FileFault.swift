// Why a file itself was rejected, as a value: the old forms answer in EasyImages' words, pages in those of their reader.

import EasyImages
import Media
import MediaStore
import PictureWorker
import UploadPipeline

/// Why a file was rejected.
public enum FileFault: Equatable, Sendable {
    case notChosen, empty
    /// Several files in a form that takes one.
    case several
    case wrongType
    /// Both in bytes.
    case overSize(Int, limit: Int)
    case tooWide, tooNarrow, tooHigh, tooLow, tooManyPixels
    /// The type that its first bytes announce; nil if none.
    case undecodable(MediaType?)

    /// EasyImages' message, which scripts compare.
    var message: String {
        switch self {
        case .notChosen: FormRefusal.noFile
        case .empty: "文件内容为空。"
        case .several: "一次只能上传一个文件。"
        case .wrongType: "不正确的文件格式。"
        case .overSize(let size, let limit): "文件太大。 : \(size) > \(limit)"
        case .tooWide: "图片宽度太大。"
        case .tooNarrow: "图片宽度太小。"
        case .tooHigh: "图片高度太大。"
        case .tooLow: "图片高度太小。"
        case .tooManyPixels: "图片尺寸太大。"
        case .undecodable(let type):
            type.map { $0.isDecodable ? "从源文件创建 \($0.rawValue.uppercased()) 图片过程中出错。" : FileFault.wrongType.message }
                ?? FileFault.wrongType.message
        }
    }

    /// nil for errors that are not about the file, and for vector graphics with active content.
    init?(_ error: any Error, type: MediaType?) {
        switch error {
        case UploadRefusal.overSize(let size, let limit): self = .overSize(size, limit: limit)
        case UploadRefusal.tooWide: self = .tooWide
        case UploadRefusal.tooNarrow: self = .tooNarrow
        case UploadRefusal.tooHigh: self = .tooHigh
        case UploadRefusal.tooLow: self = .tooLow
        case UploadRefusal.videoDisabled, UploadRefusal.keptMetadata: self = .wrongType
        case UploadRefusal.complexGraphic: self = .undecodable(type)
        case let refusal as MediaRefusal: if case .tooLarge = refusal.reason { self = .tooManyPixels } else { self = .wrongType }
        case let failure as PictureFailure where failure.isThePicturesFault: self = .undecodable(type)
        default: return nil
        }
    }
}
