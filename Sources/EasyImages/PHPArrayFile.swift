// A data file of the replaced program: PHP code that sets one variable to an array. It is read as data and never run.

/// One variable and its array.
public struct PHPArrayFile: Hashable, Sendable {
    /// Without the dollar sign: "config", "tokenList", "guestConfig", "logs", "ipcounts".
    public let variable: String
    public var array: PHPArray

    public init(variable: String, array: PHPArray) {
        self.variable = variable
        self.array = array
    }

    /// Reads a file as the program writes it, or as people do by hand.
    ///
    /// - Throws: `PHPArrayError`, which names line and key.
    public init(_ bytes: [UInt8], limits: PHPArrayLimits = PHPArrayLimits()) throws(PHPArrayError) {
        var reader = PHPArrayReader(bytes, limits)
        self = try reader.file()
    }

    /// The bytes of the file, exactly as the program writes them, but for digits with leading zeros: those are quoted, because
    /// PHP would read them as octal.
    public var bytes: [UInt8] { PHPArrayWriter.write(self) }
}

/// How much a file may hold. PHP itself has 128 MB for everything by default, so what it could read fits.
public struct PHPArrayLimits: Sendable {
    /// Of the file.
    public var bytes = 64 << 20
    /// Arrays within arrays: the program writes three.
    public var depth = 16
    /// Of all arrays together: a month of 300,000 uploads has 3.3 million.
    public var items = 4_000_000

    public init() {}
}

/// Something that is not an array file, or a part of PHP that is more than data.
public struct PHPArrayError: Error, Equatable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// The keys that led there, outermost first; empty outside of the array.
    public let keys: [String]
    public let problem: String

    public var description: String {
        let place = keys.map { "'\($0)'" }.joined(separator: " => ")
        return "line \(line)\(place.isEmpty ? "" : ", key \(place)"): \(problem)"
    }
}
