// EasyImages' data files: PHP code that sets one variable to an array. It is parsed as data and never executed.

/// One variable and its array.
public struct PHPArrayFile: Hashable, Sendable {
    /// Without the dollar sign: "config", "tokenList", "guestConfig", "logs", "ipcounts".
    public let variable: String
    public var array: PHPArray

    public init(variable: String, array: PHPArray) {
        self.variable = variable
        self.array = array
    }

    /// Parses a file that EasyImages wrote or that was edited by hand.
    ///
    /// - Throws: `PHPArrayError`, with line and key.
    public init(_ bytes: [UInt8], limits: PHPArrayLimits = PHPArrayLimits()) throws(PHPArrayError) {
        var reader = PHPArrayReader(bytes, limits)
        self = try reader.file()
    }

    /// The bytes of the file, exactly as EasyImages writes them, except for digits with leading zeros: those are quoted, because
    /// PHP would read them as octal.
    public var bytes: [UInt8] { PHPArrayWriter.write(self) }
}

/// Limits for a file. PHP's default memory limit is 128 MB, so any file that PHP could read is within them.
public struct PHPArrayLimits: Sendable {
    /// Bytes of the file.
    public var bytes = 64 << 20
    /// Nesting of arrays: EasyImages writes three levels.
    public var depth = 16
    /// Items of all arrays together: a month of 300,000 uploads has 3.3 million.
    public var items = 4_000_000

    public init() {}

    /// For settings, tokens and accounts, which are in memory as a whole: tens of thousands of tokens, and less than 64 MB of memory.
    public static let settings = PHPArrayLimits(bytes: 8 << 20, items: 200_000)

    private init(bytes: Int, items: Int) { (self.bytes, self.items) = (bytes, items) }
}

/// Not an array file, or PHP code that is more than data.
public struct PHPArrayError: Error, Equatable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// The keys of the enclosing arrays, outermost first; empty outside the array.
    public let keys: [String]
    public let problem: String

    public var description: String {
        let place = keys.map { "'\($0)'" }.joined(separator: " => ")
        return "line \(line)\(place.isEmpty ? "" : ", key \(place)"): \(problem)"
    }
}
