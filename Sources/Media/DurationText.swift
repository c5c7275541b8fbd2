// Durations are formatted as media players do: minutes and seconds, and hours only if there are any.

/// Formats durations.
public enum DurationText {
    /// Whole seconds, as "2:05", or "1:02:05" from one hour; an invalid duration (negative, NaN) is "0:00".
    public static func format(_ seconds: Double) -> String {
        guard seconds >= 1 else { return "0:00" }
        let whole = Int(min(seconds, 1e15))
        let tail = twoDigits(whole % 60)
        let minutes = whole / 60
        return minutes < 60 ? "\(minutes):\(tail)" : "\(minutes / 60):\(twoDigits(minutes % 60)):\(tail)"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
