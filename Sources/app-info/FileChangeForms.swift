// The forms for another name and another file, each behind a disclosure; the one that was refused is open, with what was entered.

import HTML
import MediaStore
import Pages
import Site
import Words

struct FileChangeForms {
    let file: StoredFile
    /// The page of the file, which takes the forms.
    let here: PageAddress
    let refusal: ChangeRefusal?
    let frame: PageFrame

    var markup: Markup { "\(renaming)\(frame.settings.replacesFiles ? replacing : nil)" }

    private var words: FileChangeWords { frame.words.fileChanges }

    private var renaming: Markup {
        let isWrong = refusal?.isAboutTheName == true
        let entered = if case .name(let text)? = refusal { text } else { file.originalName }
        return fold(words.rename, isOpen: isWrong, """
            <form class="stacked" method="post" action="\(address)">
            \(frame.visitor.tokenField)<input type="hidden" name="action" value="rename">
            <div class="field"><label for="new-name">\(words.name)</label>
            <input name="name" id="new-name" value="\(entered)" maxlength="255" required autocomplete="off" \
            aria-describedby="new-name-help"\(isWrong ? " aria-invalid=\"true\"" as Markup : nil)>
            <p class="help" id="new-name-help">\(words.nameHelp)</p></div>
            <p><button class="primary">\(words.rename)</button></p>
            </form>

            """)
    }

    private var replacing: Markup {
        let type = Site.type(atAddressOf: file)
        let help: [Markup] = words.help(type: type.fileExtension.uppercased(), former: former).map { "<p class=\"help\">\($0)</p>\n" }
        return fold(words.replace, isOpen: refusal?.isAboutTheName == false, """
            <form class="stacked" method="post" action="\(address)" enctype="multipart/form-data">
            \(frame.visitor.tokenField)<div class="field"><label for="new-file">\(words.file)</label>
            <input type="file" name="file" id="new-file" required accept="\(type.fileExtensions.map { ".\($0)" }.joined(separator: ","))" \
            aria-describedby="new-file-help"></div>
            <div id="new-file-help">\(help)</div>
            <p><button class="primary">\(words.replace)</button></p>
            </form>

            """)
    }

    private func fold(_ summary: String, isOpen: Bool, _ form: Markup) -> Markup {
        """
        <details class="fold"\(isOpen ? " open" as Markup : nil)>
        <summary>\(summary)</summary>
        \(form)</details>

        """
    }

    private var address: String { frame.prefix + here.text }

    /// The name that the former file gets, if no file has it yet.
    private var former: String { file.path.numbered(1)?.name ?? file.path.name }
}
