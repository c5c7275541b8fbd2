// Drawing programs declare namespaces as entities (`<!ENTITY ns_svg "http://www.w3.org/2000/svg">`). Such texts are harmless, because the
// rules see them where they are used, as browsers do. What could grow without bound, or come from elsewhere, is not a plain text.

internal import CXML

/// The entities that a document declares: plain texts, without markup or other entities.
final class EntityTable {
    static let limit = 100
    /// Bytes of one.
    static let longest = 1000
    /// Bytes that all references to them may add up to.
    static let mostExpanded = 1 << 20

    private let document: xmlDocPtr?
    private var count = 0
    private var expanded = 0

    init() {
        document = xmlNewDoc("1.0")
        xmlCreateIntSubset(document, "svg", nil, nil)
    }

    deinit { xmlFreeDoc(document) }

    /// - Throws: `SVGRefusal` unless it is a plain text.
    func declare(_ name: UnsafePointer<xmlChar>?, _ type: Int32, _ text: UnsafePointer<xmlChar>?) throws {
        guard type == Int32(XML_INTERNAL_GENERAL_ENTITY.rawValue), let name, let text else {
            throw SVGRefusal("entity declaration of another kind than a text")
        }
        let bytes = UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))
        guard bytes.allSatisfy({ $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }) else { throw SVGRefusal("entity with markup") }
        count += 1
        guard count <= EntityTable.limit, bytes.count <= EntityTable.longest else {
            throw SVGRefusal("over \(EntityTable.limit) entities, or one of over \(EntityTable.longest) bytes", isTooLarge: true)
        }
        // The first of two declarations counts (XML 1.0, 4.2); libxml2 keeps it.
        xmlAddDocEntity(document, name, type, nil, nil, text)
    }

    /// nil if it is not declared, which is an error of the document.
    ///
    /// - Throws: `SVGRefusal` if the document refers to entities too often.
    func entity(_ name: UnsafePointer<xmlChar>?) throws -> xmlEntityPtr? {
        guard let found = xmlGetDocEntity(document, name) else { return nil }
        expanded += Int(found.pointee.length)
        guard expanded <= EntityTable.mostExpanded else {
            throw SVGRefusal("entities of over \(EntityTable.mostExpanded) bytes together", isTooLarge: true)
        }
        return found
    }
}
