// A progress indicator: one line that is overwritten on a terminal, otherwise a line every ten seconds.

import Process
import Time

final class ProgressBar {
    private let what: String
    private let isTerminal = StandardOutput.remarks.isTerminal
    private let start = Now.monotonicSeconds
    private var shownAt = Now.monotonicSeconds
    private var isShown = false

    init(of what: String) { self.what = what }

    func show(_ done: Int, of total: Int) {
        let now = Now.monotonicSeconds
        guard now - shownAt >= (isTerminal ? 0.1 : 10), now > start else { return }
        shownAt = now
        isShown = true
        let rate = Double(done) / (now - start)
        let left = rate > 0 ? Int(Double(total - done) / rate) : 0
        let text = "\(what): \(done) of \(total) (\(done * 100 / max(total, 1)) %), \(Int(rate)) a second, \(ProgressBar.span(left)) left"
        isTerminal ? StandardOutput.remarks.write("\r\(text)\u{1B}[K") : StandardOutput.remarks.write(text + "\n")
    }

    /// Clears the line for the output that follows.
    func end() {
        if isTerminal && isShown { StandardOutput.remarks.write("\r\u{1B}[K") }
    }

    private static func span(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
