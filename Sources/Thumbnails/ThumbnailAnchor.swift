// TimThumb's other parameters: `a` for the crop alignment, `cc` and `ct` for the canvas, `f` and `s` for filters.

import Media
import PictureWorker
import Text

/// The part of a picture that is kept when it is cropped, in either direction.
public struct ThumbnailAnchor: Hashable, Sendable {
    enum Place: Int, Sendable { case start, middle, end }

    let across: Place
    let down: Place

    public static let middle = ThumbnailAnchor("")

    /// Letters `t`, `b`, `l` and `r` anywhere in the text; centered without them. Of two opposite letters the later one in this list wins.
    init(_ text: String) {
        let letters = Set(text.utf8.prefix(16))
        across = letters.contains(UInt8(ascii: "r")) ? .end : letters.contains(UInt8(ascii: "l")) ? .start : .middle
        down = letters.contains(UInt8(ascii: "b")) ? .end : letters.contains(UInt8(ascii: "t")) ? .start : .middle
    }

    /// Its part of a file name; empty if centered.
    var mark: String {
        let letters = ["t", "", "b"][down.rawValue] + ["l", "", "r"][across.rawValue]
        return letters.isEmpty ? "" : "a" + letters
    }
}

extension ThumbnailFinish {
    /// - Parameter showsCanvas: whether this shape can leave part of the canvas visible.
    init(_ text: (String) -> String?, showsCanvas: Bool) {
        let isOpaque = showsCanvas && WishedNumber(text("ct")).value == 0
        let canvas = showsCanvas ? text("cc").flatMap(ThumbnailFinish.color) : nil
        var filters = ThumbnailFinish.filters(text("f") ?? "")
        if let sharpens = text("s"), !sharpens.isEmpty, sharpens != "0" { filters.append(.sharpen) }
        self.init(canvas: canvas ?? ThumbnailFinish.plain.canvas, isOpaque: isOpaque, filters: filters)
    }

    /// Its part of a file name; empty for the default.
    var mark: String {
        let color = canvas == ThumbnailFinish.plain.canvas ? "" : "c" + Hexadecimal.encode(canvas)
        let words = filters.map { filter in
            ([filter.numbers.number] + filter.numbers.arguments).map { $0 < 0 ? "n\(-$0)" : "\($0)" }.joined(separator: "_")
        }
        return color + (isOpaque ? "o" : "") + (words.isEmpty ? "" : "f" + words.joined(separator: "-"))
    }

    /// "3,20|1": filter numbers with their arguments; invalid ones are ignored.
    private static func filters(_ text: String) -> [PixelFilter] {
        text.utf8.prefix(256).split(separator: UInt8(ascii: "|")).lazy.compactMap { word in
            let numbers = word.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
                WishedNumber(String(decoding: Array($0), as: UTF8.self)).value ?? 0
            }
            // Sharpening has a separate parameter.
            return numbers.first == 12 ? nil : PixelFilter(number: numbers.first ?? 0, arguments: Array(numbers.dropFirst()))
        }.prefix(PixelFilter.mostOfOnePicture).map { $0 }
    }

    /// Three or six hexadecimal digits.
    private static func color(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap(\.hexDigitValue)
        guard digits.count == text.utf8.count else { return nil }
        return switch digits.count {
        case 3: digits.map { $0 * 17 }
        case 6: stride(from: 0, to: 6, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        default: nil
        }
    }
}
