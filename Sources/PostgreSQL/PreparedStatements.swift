// Which statements a connection has the server keep, parsed and planned: those that come again, and of which there are few. Without that the
// server takes longer to plan a short statement than to execute it.

/// The statements of one connection, and what is to be done with the next one.
struct PreparedStatements {
    enum Step: Equatable {
        /// Executed with its text.
        case unprepared
        /// To be prepared under a name now, and executed by that.
        case toPrepare(String, isPrepared: Bool)
        /// Executed by the name under which it was prepared.
        case prepared(String)
    }

    private struct Statement: Hashable {
        let text: String
        let types: [UInt32]
    }

    private struct Use {
        let number: Int
        var count = 1
        var plansAt = 2
    }

    /// The server's states for a prepared statement that is gone, or whose columns have other types since (another version of the schema).
    static let lost: Set = ["26000", "0A000"]

    /// How many are remembered: each takes memory of the server's process for this connection. A process of this project has about 30.
    static let usualMost = 100

    /// A statement is planned anew when it was executed so many times as often. (The server keeps a plan until the table is analyzed again; that of
    /// an empty table, in which any index is as good as another, is bad for the thousands of rows that may come until then.)
    static let growth = 8

    private let most: Int
    private var uses: [Statement: Use] = [:]

    init(most: Int = usualMost) { self.most = most }

    /// - Parameter types: the numbers of its values' types, by which it is prepared too.
    mutating func next(_ text: String, _ types: [UInt32]) -> Step {
        let statement = Statement(text: text, types: types)
        guard var use = uses[statement] else {
            if uses.count < most { uses[statement] = Use(number: uses.count) }
            return .unprepared
        }
        let name = "s\(use.number)", isFirst = use.count == 1
        use.count += 1
        let isDue = use.count == use.plansAt
        if isDue { use.plansAt *= PreparedStatements.growth }
        uses[statement] = use
        return isDue ? .toPrepare(name, isPrepared: !isFirst) : .prepared(name)
    }
}
