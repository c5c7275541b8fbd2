// A watermark for the worker. Numbers and keywords are passed on the command line; the contents (a text and its font, or a picture)
// are passed as open descriptors, so that the worker opens no files and no text can be misread as an argument.

import Disk
import Glibc
import Media

/// A watermark.
public enum Mark: Hashable, Sendable {
    /// Descriptor 5 contains the text, 6 its font.
    case text(MarkInk, at: MarkPlace)
    /// Descriptor 5 is the picture.
    case picture(PictureClaims, at: MarkPlace)

    /// The first descriptor of the mark; lower ones are the picture's.
    public static let firstDescriptor: Int32 = 5
    /// The font of a text.
    public static let fontDescriptor: Int32 = 6

    public var descriptorCount: Int32 {
        switch self {
        case .text: 2
        case .picture: 1
        }
    }

    init?(words: ArraySlice<String>) {
        let rest = words.dropFirst()
        switch (words.first, rest.count) {
        case ("text", 6):
            let numbers = rest.compactMap(PictureJob.number)
            guard numbers.count == 6, let ink = MarkInk(numbers: numbers), let place = MarkPlace(numbers[5]) else { return nil }
            self = .text(ink, at: place)
        case ("picture", 5):
            guard let claims = PictureClaims(words: rest.dropLast()), let place = rest.last.flatMap(PictureJob.number).flatMap(MarkPlace.init)
            else { return nil }
            self = .picture(claims, at: place)
        default: return nil
        }
    }

    var words: [String] {
        switch self {
        case .text(let ink, let place): ["text"] + (ink.numbers + [place.position]).map { String($0) }
        case .picture(let claims, let place): ["picture"] + claims.words + [String(place.position)]
        }
    }
}

/// Color and size of a text.
public struct MarkInk: Hashable, Sendable {
    /// 0...255.
    public let red: Int
    public let green: Int
    public let blue: Int
    /// In thousandths: 1000 is opaque.
    public let opacity: Int
    /// Pixels, 1...1000.
    public let size: Int

    /// nil if a number is out of range.
    public init?(red: Int, green: Int, blue: Int, opacity: Int, size: Int) {
        guard [red, green, blue].allSatisfy((0...255).contains), (0...1000).contains(opacity), (1...1000).contains(size) else { return nil }
        (self.red, self.green, self.blue, self.opacity, self.size) = (red, green, blue, opacity, size)
    }

    init?(numbers: [Int]) {
        self.init(red: numbers[0], green: numbers[1], blue: numbers[2], opacity: numbers[3], size: numbers[4])
    }

    var numbers: [Int] { [red, green, blue, opacity, size] }
}

/// The lines of a watermark text, without invisible characters.
public enum MarkText {
    public static let lineLimit = 20

    /// Splits and cleans an operator's text; empty if it has no visible character.
    public static func lines(_ text: String) -> [String] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(lineLimit).map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        }
        return lines.contains { $0.contains { !$0.isWhitespace } } ? Array(lines) : []
    }
}

/// A mark with its files open, for one job.
public final class OpenMark {
    public let mark: Mark
    private let file: File
    private let text: Descriptor?

    /// - Parameter lines: must fit into a pipe buffer; 4096 bytes always do.
    /// - Throws: `PictureFailure`.
    public init(_ lines: [String], _ ink: MarkInk, at place: MarkPlace, font: File) throws {
        mark = .text(ink, at: place)
        file = font
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw PictureFailure(SpawnError(operation: "pipe", code: errno)) }
        text = Descriptor(ends[0])
        let target = Descriptor(ends[1])
        let bytes = Array(lines.joined(separator: "\n").utf8.prefix(4096))
        guard write(target.number, bytes, bytes.count) == bytes.count else {
            throw PictureFailure.broken(because: SpawnError(operation: "write to a pipe", code: errno).because)
        }
    }

    public init(_ picture: File, _ claims: PictureClaims, at place: MarkPlace) {
        mark = .picture(claims, at: place)
        file = picture
        text = nil
    }

    var descriptors: [Int32] { (text.map { [$0.number] } ?? []) + [file.descriptor] }
}
