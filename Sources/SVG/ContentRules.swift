// What an SVG may not contain. Names are compared in lower case and without prefix: browsers parse the document with rules of
// their own, so ambiguous content is rejected.

/// An element's name without its prefix, in lower case, and its namespace.
struct ElementName: Hashable {
    let local: String
    let namespace: String
}

/// An attribute without its prefix, in lower case; the value as the parser decoded it.
struct Attribute {
    let local: String
    let namespace: String
    let value: [UInt8]
}

enum ContentRules {
    static let svgNamespace = "http://www.w3.org/2000/svg"

    /// Elements that execute code or include another document (SVG 1.1, SVG 2, SVG Tiny 1.2, HTML).
    private static let activeElements: Set<String> = [
        "script", "foreignobject", "iframe", "frame", "embed", "object", "applet", "audio", "video", "source", "track",
        "canvas", "handler", "listener", "link", "meta", "base", "form", "portal", "tref", "prefetch", "include",
    ]

    /// Namespaces with active elements or attributes: HTML, XInclude, XML Events, XBL, XSLT.
    private static let activeNamespaces: Set<String> = [
        "http://www.w3.org/1999/xhtml", "http://www.w3.org/2001/xinclude", "http://www.w3.org/2003/xinclude",
        "http://www.w3.org/2001/xml-events", "http://www.mozilla.org/xbl", "http://www.w3.org/1999/xsl/transform",
    ]

    private static let animations: Set<String> = ["set", "animate", "animatecolor", "animatetransform", "animatemotion"]

    /// Attributes that reference another resource.
    private static let references: Set<String> = ["href", "src", "srcset", "data", "action", "formaction", "poster", "srcdoc", "ping"]

    /// Prefix of document types that name a published DTD, which browsers do not load.
    private static let harmlessDocumentTypes = "-//w3c//dtd svg "

    /// Processing instructions that mark metadata packets; any other could be a style sheet or code.
    private static let harmlessInstructions: Set<String> = ["xpacket"]

    /// Encodings that browsers and libxml2 decode in the same way.
    static let encodings: Set<String> = [
        "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "windows-1252",
    ]

    static func checkRoot(_ element: ElementName) throws {
        guard element.local == "svg", element.namespace == svgNamespace || element.namespace.isEmpty else {
            throw SVGRefusal("root element \(element.local) is not svg")
        }
    }

    static func check(_ element: ElementName, _ attributes: [Attribute]) throws {
        guard !activeElements.contains(element.local) else { throw SVGRefusal("element \(element.local)") }
        guard !activeNamespaces.contains(element.namespace.lowercased()) else {
            throw SVGRefusal("element of \(element.namespace)")
        }
        for attribute in attributes {
            do {
                try check(attribute, of: element)
            } catch let refusal as SVGRefusal {
                throw SVGRefusal("\(refusal.because), in the attribute \(attribute.local) of the element \(element.local)", isTooLarge: refusal.isTooLarge)
            }
        }
    }

    private static func check(_ attribute: Attribute, of element: ElementName) throws {
        let name = attribute.local
        guard !name.hasPrefix("on") else { throw SVGRefusal("event attribute \(name)") }
        guard !activeNamespaces.contains(attribute.namespace.lowercased()) else {
            throw SVGRefusal("attribute of \(attribute.namespace)")
        }
        // It would change how relative references are resolved.
        guard name != "base" else { throw SVGRefusal("attribute base") }
        if references.contains(name) { try Reference.check(attribute.value, isLink: element.local == "a" && name == "href") }
        if name == "attributename", animations.contains(element.local) { try checkAnimated(attribute.value) }
        try Reference.checkNoProgram(attribute.value)
        try StyleText.check(attribute.value)
    }

    /// An animation could set a reference or an event attribute after all other checks.
    private static func checkAnimated(_ value: [UInt8]) throws {
        let name = Reference.plain(value)
        let local = name.split(separator: UInt8(ascii: ":")).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard !references.contains(local), !local.hasPrefix("on") else { throw SVGRefusal("animation of \(local)") }
    }

    static func checkDocumentType(publicName: String?, systemName: String?) throws {
        guard let publicName = publicName?.lowercased() else {
            guard systemName == nil else { throw SVGRefusal("external document type") }
            return
        }
        guard publicName.hasPrefix(harmlessDocumentTypes) else { throw SVGRefusal("document type \(publicName)") }
    }

    static func checkInstruction(_ target: String) throws {
        guard harmlessInstructions.contains(target) else { throw SVGRefusal("processing instruction \(target)") }
    }

    static func checkEncoding(_ name: String) throws {
        guard encodings.contains(name.lowercased()) else { throw SVGRefusal("encoding \(name)") }
    }
}
