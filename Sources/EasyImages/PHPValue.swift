// The values of the replaced program's data files, as PHP would have them after reading. An array keeps its order, because
// the files are written back and people read them.

/// A scalar or an array.
public enum PHPValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case integer(Int)
    case text(ByteText)
    case array(PHPArray)

    public init(_ text: String) { self = .text(ByteText(text)) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// What stands there as text; nil for an array.
    public var bytes: ByteText? {
        switch self {
        case .integer(let number): ByteText("\(number)")
        case .text(let text): text
        case .array: nil
        }
    }

    /// For showing and for settings; empty for an array.
    public var string: String { bytes?.description ?? "" }

    /// The number that PHP would calculate with; nil for what is none: `7` and `'7'` alike.
    public var number: Int? {
        switch self {
        case .integer(let number): number
        case .text(let text): Int(text.description)
        case .array: nil
        }
    }

    /// What `if` makes of it; `1` and `'1'` alike.
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

/// An ordered array; its keys are text, also where PHP has numbers.
public struct PHPArray: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let key: ByteText
        public var value: PHPValue
    }

    public private(set) var items: [Item] = []
    private var places: [ByteText: Int] = [:]

    public init() {}

    /// A list: its keys count from 0.
    public init(list: [PHPValue]) {
        for (index, value) in list.enumerated() { self[ByteText("\(index)")] = value }
    }

    public init(_ items: [(ByteText, PHPValue)]) {
        for (key, value) in items { self[key] = value }
    }

    public var count: Int { items.count }

    /// A key that is set again keeps its place; nil removes it.
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

    /// Arrays of up to this many items are looked through; an index costs more than it saves.
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
