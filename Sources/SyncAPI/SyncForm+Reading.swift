// Helpers for the three formats of the body.

import HTTP
import JSONText
import SyncRules
import SyncStore
import Text

extension SyncForm {
    static func field(_ member: JSONObjectSlices.Member) -> Field {
        if let text = member.string { return .text(text) }
        if let number = member.int { return .number(number) }
        if let flag = member.bool { return .flag(flag) }
        return .other
    }

    static func contentSpool(_ store: SyncStore) -> Spool { Spool(sizeLimit: SyncStore.contentLimit, newDraft: store.newDraft) }
    static func bodySpool(_ store: SyncStore) -> Spool { Spool(sizeLimit: bodyLimit, isContent: false, newDraft: store.newDraft) }

    /// Reads the whole body.
    static func read(_ body: any BodyStream, _ store: SyncStore) throws -> HeldText {
        let spool = bodySpool(store)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 32_768, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try body.read(into: piece)
            guard count > 0 else { return try spool.text() }
            try spool.write(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    /// Parses JSON text that was sent as a string or a form field.
    ///
    /// - Throws: `JSONRefusal`, `SyncError.tooLarge`.
    public static func parse(_ text: HeldText, _ store: SyncStore) throws -> Document {
        let spool = contentSpool(store)
        try JSONMinifier.minify(text.bytes, into: spool.write)
        return try spool.document()
    }

    static func unescaped(_ string: UnsafeRawBufferPointer, _ store: SyncStore) throws -> HeldText {
        let spool = bodySpool(store)
        try JSONUnescape.unescape(string, into: spool.write)
        return try spool.text()
    }

    static func decoded(_ text: Slice<UnsafeRawBufferPointer>) -> String {
        String(decoding: PercentCoding.decode(text, plusIsBlank: true), as: UTF8.self)
    }

    /// Decodes a long form value in chunks, without splitting an escape sequence.
    static func decoded(_ value: Slice<UnsafeRawBufferPointer>, _ store: SyncStore) throws -> HeldText {
        let spool = bodySpool(store)
        var rest = value
        while !rest.isEmpty {
            var piece = rest.prefix(65_536)
            if piece.endIndex < rest.endIndex, let percent = piece.suffix(2).firstIndex(of: UInt8(ascii: "%")) { piece = piece[..<percent] }
            try PercentCoding.decode(piece, plusIsBlank: true).withUnsafeBytes(spool.write)
            rest = rest[piece.endIndex...]
        }
        return try spool.text()
    }
}
