// Durations are formatted as media players do: minutes and seconds, and hours only if there are any.

import Text

/// Formats durations.
public enum DurationText {
    /// Whole seconds, as "2:05", or "1:02:05" from one hour; an invalid duration (negative, NaN) is "0:00".
    public static func format(_ seconds: Double) -> String {
        guard seconds >= 1 else { return "0:00" }
        let whole = Int(min(seconds, 1e15))
        let tail = (whole % 60).padded(to: 2)
        let minutes = whole / 60
        return minutes < 60 ? "\(minutes):\(tail)" : "\(minutes / 60):\((minutes % 60).padded(to: 2)):\(tail)"
    }
}
