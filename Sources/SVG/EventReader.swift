// Wraps libxml2: its push parser calls back with events, which are copied out of its memory and checked. The first violation stops
// the parser. Nothing external is loaded: no network, no external subset, and any declaration inside the document is rejected
// before it is used, except entities that are plain texts.

internal import CXML

/// Parses one document through libxml2's SAX2 interface.
final class EventReader {
    var document = DocumentState()
    private let entities = EntityTable()
    private var refusal: (any Error)?
    private var parser: xmlParserCtxtPtr?

    private static let chunk = 64 << 10

    /// libxml2 gets encodings that are not built in from ICU or iconv(3), depending on the build; both keep them loaded.
    static func loadEncodings(_ names: Set<String>) {
        xmlInitParser()
        for name in names { _ = xmlFindCharEncodingHandler(name) }
    }

    func read(_ bytes: UnsafeRawBufferPointer) throws {
        var handler = EventReader.handler()
        let me = Unmanaged.passUnretained(self).toOpaque()
        guard let parser = xmlCreatePushParserCtxt(&handler, me, nil, 0, nil) else {
            throw SVGRefusal("no memory for a parser", isTooLarge: true)
        }
        self.parser = parser
        defer {
            self.parser = nil
            xmlFreeParserCtxt(parser)
        }
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        xmlCtxtUseOptions(parser, Int32(options))
        var place = 0
        while place < bytes.count, refusal == nil {
            let part = UnsafeRawBufferPointer(rebasing: bytes[place..<min(place + EventReader.chunk, bytes.count)])
            place += part.count
            let isLast: Int32 = place == bytes.count ? 1 : 0
            let code = xmlParseChunk(parser, part.bindMemory(to: CChar.self).baseAddress, Int32(part.count), isLast)
            if code != 0, refusal == nil { refusal = SVGRefusal(EventReader.complaint(parser)) }
        }
        if let refusal { throw refusal }
        guard parser.pointee.wellFormed == 1 else { throw SVGRefusal(EventReader.complaint(parser)) }
    }

    /// The parser's own words, on one line; they may have some of the document's.
    private static func complaint(_ parser: xmlParserCtxtPtr) -> String {
        let error = parser.pointee.lastError
        guard let message = error.message else { return "not well-formed" }
        let words = String(cString: message).prefix(200).split { $0.isWhitespace || $0.isNewline }
        return "not well-formed in line \(error.line): \(words.joined(separator: " "))"
    }

    /// Checks one event, unless the document has been rejected already.
    fileprivate func judge(_ rule: (inout DocumentState) throws -> Void) {
        guard refusal == nil else { return }
        do {
            try rule(&document)
        } catch {
            refusal = error
            if let parser { xmlStopParser(parser) }
        }
    }

    /// The declared encoding; libxml2 stores it in one of two places.
    fileprivate func checkEncoding() throws {
        guard let parser else { return }
        for name in [parser.pointee.encoding, parser.pointee.input?.pointee.encoding] {
            if let name { try ContentRules.checkEncoding(string(name)) }
        }
    }

    private static func handler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { me, local, _, namespace, _, _, count, _, attributes in
            reader(me).judge { document in
                if document.size == nil { try reader(me).checkEncoding() }
                try document.start(elementName(local, namespace), EventReader.attributes(attributes, Int(count)))
            }
        }
        handler.endElementNs = { me, local, _, namespace in
            reader(me).judge { try $0.end(elementName(local, namespace)) }
        }
        handler.characters = { me, text, count in
            reader(me).judge { $0.text(UnsafeRawBufferPointer(start: text, count: Int(count))) }
        }
        handler.cdataBlock = { me, text, count in
            reader(me).judge { $0.text(UnsafeRawBufferPointer(start: text, count: Int(count))) }
        }
        handler.processingInstruction = { me, target, _ in
            reader(me).judge { _ in try ContentRules.checkInstruction(string(target)) }
        }
        handler.internalSubset = { me, _, publicName, systemName in
            reader(me).judge { _ in
                try ContentRules.checkDocumentType(
                    publicName: publicName.map { string($0) }, systemName: systemName.map { string($0) })
            }
        }
        judgeDeclarations(&handler)
        return handler
    }

    private static func judgeDeclarations(_ handler: inout xmlSAXHandler) {
        handler.entityDecl = { me, name, type, _, _, text in reader(me).judge { _ in try reader(me).entities.declare(name, type, text) } }
        handler.getEntity = { me, name in
            var found: xmlEntityPtr?
            reader(me).judge { _ in found = try reader(me).entities.entity(name) }
            return found
        }
        handler.attributeDecl = { me, _, _, _, _, _, tree in
            xmlFreeEnumeration(tree)
            reader(me).judge { _ in throw SVGRefusal("attribute declaration") }
        }
        handler.elementDecl = { me, _, _, _ in reader(me).judge { _ in throw SVGRefusal("element declaration") } }
        handler.notationDecl = { me, _, _, _ in reader(me).judge { _ in throw SVGRefusal("notation declaration") } }
        handler.unparsedEntityDecl = { me, _, _, _, _ in reader(me).judge { _ in throw SVGRefusal("entity declaration") } }
        handler.reference = { me, _ in reader(me).judge { _ in throw SVGRefusal("entity reference") } }
    }

    /// SAX2 passes five pointers per attribute: local name, prefix, namespace, start and end of the value.
    private static func attributes(
        _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
    ) -> [Attribute] {
        guard let pointers, count > 0 else { return [] }
        return (0..<count).map { number in
            let one = pointers + number * 5
            let value = UnsafeBufferPointer(start: one[3], count: one[4]! - one[3]!)
            return Attribute(
                local: string(one[0]).lowercased(), namespace: string(one[2]), value: Array(value))
        }
    }
}

private func reader(_ me: UnsafeMutableRawPointer?) -> EventReader {
    Unmanaged<EventReader>.fromOpaque(me!).takeUnretainedValue()
}

private func elementName(_ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) -> ElementName {
    ElementName(local: string(local).lowercased(), namespace: string(namespace))
}

/// At most 200 bytes: longer than any name in a rule.
private func string(_ text: UnsafePointer<xmlChar>?) -> String {
    guard let text else { return "" }
    var count = 0
    while count < 200, text[count] != 0 { count += 1 }
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
}
