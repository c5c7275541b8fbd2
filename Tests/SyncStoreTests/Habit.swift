// The kinds of random histories.

/// How the devices of a history behave.
enum Habit: CaseIterable {
    /// Every pull says whose it is.
    case attributed
    /// No pull does, and every device has an address of its own.
    case alone
    /// No pull does, and all devices look the same.
    case shared
    /// Each pull as it comes; some devices look the same.
    case mixed
    /// Named; every push tells the version that the device has, and answers are lost.
    case exact
    /// Named; every push and pull tells the number or hash of the last answer, whether or not its content was sent.
    case claiming

    /// Of a hundred pulls.
    var named: Int {
        switch self {
        case .attributed, .exact, .claiming: 100
        case .alone, .shared: 0
        case .mixed: 50
        }
    }
}
