// The scripts of a list of files.

import Pages
import Words

/// What a page with cards of files needs beside `page.js`.
public struct FileListScripts {
    private let frame: PageFrame

    public init(_ frame: PageFrame) { self.frame = frame }

    /// Only accounts have files that they can select.
    public var modules: [String] { ["gallery.js", "cards.js"] + (frame.visitor.name == nil ? [] : ["select.js"]) }

    public var words: [any WordGroup] { [frame.words.galleryScript, frame.words.selection] }
}
