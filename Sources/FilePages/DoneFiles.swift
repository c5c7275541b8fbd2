// What an action on several files tells the page on which it ends: words of its address.

import HTTP
import MediaStore
import Pages
import Settings
import Text
import Words

/// An action that is over, and the numbers of files with which it was done and not done.
public struct DoneFiles {
    private let action: BulkAction?
    private let done: Int
    private let failed: Int

    public init(_ action: BulkAction, _ outcome: BulkOutcome) {
        (self.action, done, failed) = (action, outcome.done.count, outcome.failed.count)
    }

    public init(_ query: Query) {
        func number(_ name: String) -> Int { query.all(name).last.flatMap { Int(digits: $0, in: 0...MediaStore.bulkLimit) } ?? 0 }
        (action, done, failed) = (query.all("did").last.flatMap { BulkAction(rawValue: $0) }, number("done"), number("failed"))
    }

    /// nil if the address tells of no action.
    public func notice(_ words: SelectionWords) -> Notice? {
        guard let action else { return nil }
        if done + failed == 0 { return .failed(words.chooseFirst) }
        let text = ([done > 0 ? words.done(action.rawValue, done) : nil, failed > 0 ? words.failed(failed) : nil] as [String?]).compactMap { $0 }
        return failed > 0 ? .failed(text.joined(separator: "；")) : .done(text.joined())
    }

    /// The page that tells it.
    ///
    /// - Parameter back: the page on which the files were chosen.
    public func page(_ back: OwnPath, of site: BaseURL) -> OwnPath {
        back.adding("did=\(action?.rawValue ?? "")&done=\(done)&failed=\(failed)", of: site)
    }
}
