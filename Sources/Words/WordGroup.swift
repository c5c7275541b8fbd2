// A group of texts is a structure with a property for each and one value for each language, made by its memberwise initializer: a text that
// one language lacks does not compile.

import Text

/// The texts of one part of the pages.
public protocol WordGroup: Sendable {
    static var zhCN: Self { get }
    static var zhTW: Self { get }
    static var en: Self { get }
}

extension WordGroup {
    public static func of(_ language: Language) -> Self {
        switch language {
        case .zhCN: zhCN
        case .zhTW: zhTW
        case .en: en
        }
    }

    /// The texts with the names of their properties, those with holes as they are written, for scripts and tests.
    public var entries: [(name: String, text: String)] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let name = child.label else { return nil }
            return ((child.value as? Template)?.text ?? child.value as? String).map { (name, $0) }
        }
    }
}
