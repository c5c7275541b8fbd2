// An SVG has no fixed size in pixels; it may state a preferred display size.

import Text

/// Size attributes of the root element: lengths in CSS pixels, and the size of the view box.
struct SVGSize: Equatable {
    var width: Double?
    var height: Double?
    var viewWidth: Double?
    var viewHeight: Double?

    /// Pixels per unit (CSS Values 3, 5.2); relative units are undefined without a page.
    private static let units: [(name: String, pixels: Double)] = [
        ("px", 1), ("pt", 4.0 / 3), ("pc", 16), ("in", 96), ("cm", 96 / 2.54), ("mm", 96 / 25.4), ("q", 96 / 101.6),
        ("", 1),
    ]

    /// Larger sides count as not stated.
    private static let largest = 1e6

    init(_ attributes: [Attribute]) {
        for attribute in attributes where attribute.namespace.isEmpty {
            let text = String(decoding: attribute.value.prefix(100), as: UTF8.self).lowercased()
            switch attribute.local {
            case "width": width = SVGSize.length(text)
            case "height": height = SVGSize.length(text)
            case "viewbox": (viewWidth, viewHeight) = SVGSize.viewBox(text)
            default: break
            }
        }
    }

    /// Whole pixels: width and height; if one is missing, from the view box's aspect ratio; else the view box itself.
    var pixels: (width: Int?, height: Int?) {
        let ratio: Double? = if let viewWidth, let viewHeight { viewWidth / viewHeight } else { nil }
        return switch (width, height) {
        case (let width?, let height?): (SVGSize.whole(width), SVGSize.whole(height))
        case (let width?, nil): (SVGSize.whole(width), ratio.flatMap { SVGSize.whole(width / $0) })
        case (nil, let height?): (ratio.flatMap { SVGSize.whole(height * $0) }, SVGSize.whole(height))
        case (nil, nil): (viewWidth.flatMap(SVGSize.whole), viewHeight.flatMap(SVGSize.whole))
        }
    }

    private static func whole(_ length: Double) -> Int? {
        length > 0 && length <= largest ? max(1, Int(length.rounded())) : nil
    }

    private static func length(_ text: String) -> Double? {
        let trimmed = text.split(whereSeparator: isSpace).joined(separator: " ")
        guard let unit = units.first(where: { trimmed.hasSuffix($0.name) }) else { return nil }
        return positive(trimmed.dropLast(unit.name.count)).map { $0 * unit.pixels }
    }

    private static func viewBox(_ text: String) -> (Double?, Double?) {
        let numbers = text.split { isSpace($0) || $0 == "," }
        guard numbers.count == 4 else { return (nil, nil) }
        let (width, height) = (positive(numbers[2]), positive(numbers[3]))
        return width == nil || height == nil ? (nil, nil) : (width, height)
    }

    /// Plain decimal notation only: `Double` also parses "inf" and hexadecimal.
    private static func positive(_ text: Substring) -> Double? {
        let isPlain = text.utf8.allSatisfy { $0.isDigit || notation.contains($0) }
        guard isPlain, let value = Double(text), value > 0, value <= largest else { return nil }
        return value
    }

    private static let notation = Array(".e+-".utf8)

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character.isNewline || character == "\t"
    }
}
