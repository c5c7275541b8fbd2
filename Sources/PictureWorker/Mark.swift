// A watermark on its way to the worker: numbers and words travel on the command line with the job, what they speak of (a text
// and its font, or a picture) through open files, so that the worker opens nothing and no text is taken for an instruction.

import Disk
import Glibc
import Media

/// What is put upon a picture.
public enum Mark: Hashable, Sendable {
    /// The text comes on descriptor 5, its font on 6.
    case text(MarkInk, at: MarkPlace)
    /// The picture comes on descriptor 5.
    case picture(PictureClaims, at: MarkPlace)

    /// The first of the mark's descriptors; those below belong to the picture.
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

/// Colour and size of a text.
public struct MarkInk: Hashable, Sendable {
    /// 0...255.
    public let red: Int
    public let green: Int
    public let blue: Int
    /// Thousandths: 1000 hides what is behind.
    public let opacity: Int
    /// Pixels, 1...1000.
    public let size: Int

    /// nil when a number is out of its range.
    public init?(red: Int, green: Int, blue: Int, opacity: Int, size: Int) {
        guard [red, green, blue].allSatisfy((0...255).contains), (0...1000).contains(opacity), (1...1000).contains(size) else { return nil }
        (self.red, self.green, self.blue, self.opacity, self.size) = (red, green, blue, opacity, size)
    }

    init?(numbers: [Int]) {
        self.init(red: numbers[0], green: numbers[1], blue: numbers[2], opacity: numbers[3], size: numbers[4])
    }

    var numbers: [Int] { [red, green, blue, opacity, size] }
}

/// A text as it is written: lines without anything that cannot be seen.
public enum MarkText {
    public static let lineLimit = 20

    /// The lines of an operator's text, of which the worker gets no others; empty for a text with nothing to see.
    public static func lines(_ text: String) -> [String] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(lineLimit).map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        }
        return lines.contains { $0.contains { !$0.isWhitespace } } ? Array(lines) : []
    }
}

/// A mark whose text and font, or picture, is held open: good for one job.
public final class OpenMark {
    public let mark: Mark
    private let file: File
    private let text: Descriptor?

    /// - Parameter lines: together no longer than a pipe takes at once; 4096 bytes always are.
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
