// Metadata in an SVG is markup: comments, `metadata`, and what drawing programs add in namespaces of their own, such as the path under which
// a file was exported. The document is read as a tree, which is bounded because the document was inspected before, and written without them.

internal import CXML
import Text

extension SVGInspection {
    /// The document without metadata; nil if it has none.
    ///
    /// - Parameters:
    ///   - bytes: a document that `inspect` accepts.
    ///   - clean: a picture without its metadata, for embedded ones; nil if it has none.
    /// - Throws: `SVGRefusal`; what `clean` throws.
    public static func withoutMetadata(_ bytes: UnsafeRawBufferPointer, clean: @escaping ([UInt8]) throws -> [UInt8]?) throws
        -> [UInt8]? {
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        guard let document = xmlReadMemory(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, nil, Int32(options)) else {
            throw SVGRefusal("not well-formed")
        }
        defer { xmlFreeDoc(document) }
        var cleaning = SVGCleaning(clean: clean)
        try cleaning.cleanChildren(of: UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self))
        return cleaning.changes ? text(of: document) : nil
    }

    private static func text(of document: xmlDocPtr) -> [UInt8] {
        var (memory, size) = (nil as UnsafeMutablePointer<xmlChar>?, Int32(0))
        xmlDocDumpMemory(document, &memory, &size)
        guard let memory else { return [] }
        defer { imagebed_xml_free(memory) }
        return Array(UnsafeBufferPointer(start: memory, count: Int(size)))
    }
}

private struct SVGCleaning {
    let clean: ([UInt8]) throws -> [UInt8]?
    private(set) var changes = false

    private static let namespaces = [ContentRules.svgNamespace, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"]

    init(clean: @escaping ([UInt8]) throws -> [UInt8]?) { self.clean = clean }

    mutating func cleanChildren(of parent: xmlNodePtr) throws {
        var next = parent.pointee.children
        while let node = next {
            next = node.pointee.next
            if isMetadata(node) {
                changes = true
                xmlUnlinkNode(node)
                xmlFreeNode(node)
            } else if node.pointee.type == XML_ELEMENT_NODE {
                try cleanAttributes(of: node)
                try cleanChildren(of: node)
            } else if parent.pointee.type == XML_ELEMENT_NODE {
                try refuseHiddenPictures(in: node)
            }
        }
    }

    private func isMetadata(_ node: xmlNodePtr) -> Bool {
        switch node.pointee.type {
        case XML_COMMENT_NODE, XML_PI_NODE: true
        case XML_ELEMENT_NODE: isForeign(node.pointee.ns) || string(node.pointee.name).lowercased() == "metadata"
        default: false
        }
    }

    private func isForeign(_ namespace: xmlNsPtr?) -> Bool {
        guard let namespace else { return false }
        return !SVGCleaning.namespaces.contains(string(namespace.pointee.href))
    }

    private mutating func cleanAttributes(of element: xmlNodePtr) throws {
        var next = element.pointee.properties
        while let attribute = next {
            next = attribute.pointee.next
            if isForeign(attribute.pointee.ns) {
                changes = true
                xmlRemoveProp(attribute)
            } else {
                try cleanPicture(in: attribute, of: element)
            }
        }
    }

    /// `data:image/…;base64,…`
    private mutating func cleanPicture(in attribute: xmlAttrPtr, of element: xmlNodePtr) throws {
        guard let text = xmlNodeListGetString(element.pointee.doc, attribute.pointee.children, 1) else { return }
        defer { imagebed_xml_free(text) }
        let value = Array(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
        guard string(attribute.pointee.name).lowercased() == "href" else { return try refuse(value) }
        let plain = Reference.plain(value)
        guard Reference.starts(plain[...], with: "data:image/") else { return }
        let packed = value.filter { $0 > 0x20 }
        guard let comma = packed.firstIndex(of: UInt8(ascii: ",")), Reference.contains(Reference.plain(packed[..<comma]), ";base64"),
            let picture = Base64.decode(packed[(comma + 1)...], .standard, .unpadded) else {
            throw SVGRefusal("an embedded picture that is not in base 64, so that its metadata cannot be removed")
        }
        guard let cleaned = try clean(picture) else { return }
        changes = true
        let replaced = Array(packed[...comma]) + Array(Base64.encode(cleaned, .standard).utf8) + [0]
        xmlSetNsProp(element, attribute.pointee.ns, attribute.pointee.name, replaced)
    }

    private func refuseHiddenPictures(in node: xmlNodePtr) throws {
        guard let text = node.pointee.content else { return }
        try refuse(Array(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))))
    }

    /// Pictures in styles are not searched.
    private func refuse(_ text: [UInt8]) throws {
        guard text.contains(UInt8(ascii: ":")), Reference.contains(Reference.plain(text), "url(data:image/")
            || Reference.contains(Reference.plain(text), "data:image/jp") else { return }
        throw SVGRefusal("a picture embedded in a style, whose metadata cannot be removed")
    }

    private func string(_ text: UnsafePointer<xmlChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
