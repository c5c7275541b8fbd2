// TimThumb's words beside sizes: `a` for what stays when a picture is cut, `cc` and `ct` for the canvas, `f` and `s` for filters.

import Media
import PictureWorker
import Text

/// Where the part that stays lies, on either axis.
public struct ThumbnailAnchor: Hashable, Sendable {
    enum Place: Int, Sendable { case start, middle, end }

    let across: Place
    let down: Place

    public static let middle = ThumbnailAnchor("")

    /// Letters `t`, `b`, `l` and `r` anywhere in the text move it from the middle; of two of one axis the later of the list counts.
    init(_ text: String) {
        let letters = Set(text.utf8.prefix(16))
        across = letters.contains(UInt8(ascii: "r")) ? .end : letters.contains(UInt8(ascii: "l")) ? .start : .middle
        down = letters.contains(UInt8(ascii: "b")) ? .end : letters.contains(UInt8(ascii: "t")) ? .start : .middle
    }

    /// Its part of a file name; nothing for the middle.
    var mark: String {
        let letters = ["t", "", "b"][down.rawValue] + ["l", "", "r"][across.rawValue]
        return letters.isEmpty ? "" : "a" + letters
    }
}

extension ThumbnailFinish {
    /// - Parameter showsCanvas: whether the shape leaves room around the picture.
    init(_ text: (String) -> String?, showsCanvas: Bool) {
        let isOpaque = showsCanvas && WishedNumber(text("ct")).value == 0
        let canvas = showsCanvas ? text("cc").flatMap(ThumbnailFinish.colour) : nil
        var filters = ThumbnailFinish.filters(text("f") ?? "")
        if let sharpens = text("s"), !sharpens.isEmpty, sharpens != "0" { filters.append(.sharpen) }
        self.init(canvas: canvas ?? ThumbnailFinish.plain.canvas, isOpaque: isOpaque, filters: filters)
    }

    /// Its part of a file name; nothing for a plain one.
    var mark: String {
        let colour = canvas == ThumbnailFinish.plain.canvas ? "" : "c" + Hexadecimal.encode(canvas)
        let words = filters.map { filter in
            ([filter.numbers.number] + filter.numbers.arguments).map { $0 < 0 ? "n\(-$0)" : "\($0)" }.joined(separator: "_")
        }
        return colour + (isOpaque ? "o" : "") + (words.isEmpty ? "" : "f" + words.joined(separator: "-"))
    }

    /// "3,20|1": numbers with their arguments; what means nothing is passed over.
    private static func filters(_ text: String) -> [PixelFilter] {
        text.utf8.prefix(256).split(separator: UInt8(ascii: "|")).lazy.compactMap { word in
            let numbers = word.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
                WishedNumber(String(decoding: Array($0), as: UTF8.self)).value ?? 0
            }
            // Sharpening has a parameter of its own.
            return numbers.first == 12 ? nil : PixelFilter(number: numbers.first ?? 0, arguments: Array(numbers.dropFirst()))
        }.prefix(PixelFilter.mostOfOnePicture).map { $0 }
    }

    /// Three or six hexadecimal digits.
    private static func colour(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap(\.hexDigitValue)
        guard digits.count == text.utf8.count else { return nil }
        return switch digits.count {
        case 3: digits.map { $0 * 17 }
        case 6: stride(from: 0, to: 6, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        default: nil
        }
    }
}
