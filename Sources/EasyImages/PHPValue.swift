// Values of EasyImages' data files, with PHP's semantics. Arrays keep their order, because the files are written back and
// read by people.

/// A scalar or an array.
public enum PHPValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case integer(Int)
    case text(ByteText)
    case array(PHPArray)

    public init(_ text: String) { self = .text(ByteText(text)) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// As text; nil for an array.
    public var bytes: ByteText? {
        switch self {
        case .integer(let number): ByteText("\(number)")
        case .text(let text): text
        case .array: nil
        }
    }

    /// For display and for settings; empty for an array.
    public var string: String { bytes?.description ?? "" }

    /// As a number in PHP's arithmetic: equal for `7` and `'7'`; nil if it is not numeric.
    public var number: Int? {
        switch self {
        case .integer(let number): number
        case .text(let text): Int(text.description)
        case .array: nil
        }
    }

    /// As a PHP condition: equal for `1` and `'1'`.
    public var isOn: Bool {
        switch self {
        case .integer(let number): number != 0
        case .text(let text): !text.bytes.isEmpty && text.bytes != [UInt8(ascii: "0")]
        case .array(let array): array.count > 0
        }
    }

    public var array: PHPArray? {
        if case .array(let array) = self { array } else { nil }
    }
}

/// An ordered array; all keys are text, although PHP also has integer keys.
public struct PHPArray: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let key: ByteText
        public var value: PHPValue
    }

    public private(set) var items: [Item] = []
    private var places: [ByteText: Int] = [:]

    public init() {}

    /// A list: keys count from 0.
    public init(list: [PHPValue]) {
        for (index, value) in list.enumerated() { self[ByteText("\(index)")] = value }
    }

    public init(_ items: [(ByteText, PHPValue)]) {
        for (key, value) in items { self[key] = value }
    }

    public var count: Int { items.count }

    /// Setting an existing key keeps its position; nil removes it.
    public subscript(key: ByteText) -> PHPValue? {
        get { place(of: key).map { items[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): items[place].value = value
            case (nil, let value?): append(Item(key: key, value: value))
            case (let place?, nil):
                items.remove(at: place)
                places = [:]
                if items.count > PHPArray.few { for (index, item) in items.enumerated() { places[item.key] = index } }
            case (nil, nil): break
            }
        }
    }

    /// Arrays up to this size are searched linearly, which is faster than an index.
    private static let few = 16

    private func place(of key: ByteText) -> Int? {
        items.count > PHPArray.few ? places[key] : items.firstIndex { $0.key == key }
    }

    private mutating func append(_ item: Item) {
        items.append(item)
        if items.count == PHPArray.few + 1 {
            for (index, item) in items.enumerated() { places[item.key] = index }
        } else if items.count > PHPArray.few {
            places[item.key] = items.count - 1
        }
    }

    public static func == (one: PHPArray, other: PHPArray) -> Bool { one.items == other.items }
    public func hash(into hasher: inout Hasher) { hasher.combine(items) }
}
