// The new site's server blocks, made of the old ones.

/// The text of the file that replaces the old server blocks, and what the operator has to know of it.
public struct Replacement: Sendable {
    /// The file.
    public let text: String
    /// "FILE: DIRECTIVE" for each that has no effect any more.
    public let notes: [String]
    /// Directives whose effect would be lost, with the line to add for it.
    public let openRules: [OpenRule]
    /// Seconds of the old site's Strict-Transport-Security; nil if it sent none.
    public let hstsSeconds: Int?

    public struct OpenRule: Equatable, Sendable {
        public let file: String
        public let line: String
        /// The location in whose braces it stands: "location ^~ /docs/"; empty for none.
        public let place: String
    }

    /// Where http.conf and locations.conf lie, and the operator's own rules.
    public struct Places: Sendable {
        let configuration: String
        /// Empty if there is no such file.
        let rules: String
        /// What is in it: these are decided.
        let decided: [Directive]

        /// - Throws: `ConfigurationError` for rules that are none.
        public init(configuration: String, rules: String, content: [UInt8]?) throws {
            (self.configuration, self.rules) = (configuration, content == nil ? "" : rules)
            decided = try ConfigurationParser.directives(content ?? [], of: rules)
        }
    }

    public init(of old: OldServers, _ places: Places) {
        let rule = OldRule { path in
            let path = old.resolve(path)
            return path == old.root || path.hasPrefix(old.root + "/")
        }
        var blocks: [NewBlock] = []
        for block in old.dump.servers {
            if old.isOld(block) {
                blocks.append(NewBlock(of: block, by: rule, old.root, places))
            } else if old.goesAlong(block) {
                blocks.append(NewBlock(copying: block))
            }
        }
        text = """
            # The site in the place of \(old.root): written by install.sh from what nginx had, and kept until that site is back.
            include "\(places.configuration)/http.conf";

            """ + blocks.map(\.text).joined()
        notes = blocks.flatMap(\.notes)
        openRules = blocks.flatMap(\.openRules).filter { open in !places.decided.contains { $0.text == open.line } }
        hstsSeconds = blocks.compactMap(\.hstsSeconds).max()
    }
}
