// The forms of pages for which somebody is signed in.

import HTML
import Paths

extension PageFrame {
    /// A form with its hidden fields.
    ///
    /// - Parameters:
    ///   - action: what the form does, the field `action`.
    ///   - path: of the page that takes it.
    public func form(_ action: String, at path: Path, class: String = "stacked", _ content: Markup) -> Markup {
        """
        <form class="\(`class`)" method="post" action="\(links.address(path))">
        \(visitor.tokenField)<input type="hidden" name="action" value="\(action)">
        \(content)</form>

        """
    }
}
