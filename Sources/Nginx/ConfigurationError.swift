/// Why a text is no configuration.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int

    public var description: String { "\(file): line \(line) is no configuration of nginx: a semicolon, a quote or a brace is missing before it or too many" }
}
