// Settings for programs of others. clients.js fills a pasted key in and makes the file in the page, so that the key is not sent.

import HTML
import Pages
import Site
import Words

struct ClientPanel {
    let frame: PageFrame
    let page: AccountPage
    /// A key that was just made; nil shows the placeholder.
    let key: String?

    private var words: ClientWords { frame.words.clients }

    var markup: Markup {
        """
        <section class="card" id="clients" aria-labelledby="clients-heading">
        <h2 id="clients-heading">\(words.heading)</h2>
        <p class="help">\(key == nil ? words.help : words.ready)</p>
        \(key == nil ? paste : nil)\(settings.map(panel))</section>

        """
    }

    private var settings: [ClientSettings] {
        ClientSettings.all(key: key ?? ClientSettings.keyPlaceholder, siteName: frame.settings.siteName, Links(frame.settings), words)
    }

    private var paste: Markup {
        """
        <div class="field scripted"><label for="client-key">\(words.paste)</label>\
        <input id="client-key" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="256" \
        placeholder="\(ClientSettings.keyPlaceholder)" aria-describedby="client-key-help">\
        <span class="help" id="client-key-help">\(words.pasteHelp)</span></div>

        """
    }

    private func panel(_ client: ClientSettings) -> Markup {
        let (id, lines) = ("client-" + client.id, client.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1)
        return """
            <details class="fold">
            <summary>\(client.name)</summary>
            \(client.help.map { "<p class=\"help\">\($0)</p>\n" as Markup })<div class="copybox"><textarea class="code" id="\(id)" readonly \
            rows="\(lines)" spellcheck="false" aria-label="\(client.name)" data-client>\n\(client.text)</textarea>\
            <button type="button" data-copy="\(id)">\(frame.words.common.copy)</button></div>
            \(client.fileName.map { download(client, named: $0) })</details>

            """
    }

    private func download(_ client: ClientSettings, named name: String) -> Markup {
        page.form("settings", class: "actions", """
            <input type="hidden" name="client" value="\(client.id)">
            <input type="hidden" name="key" value="\(key ?? ClientSettings.keyPlaceholder)">
            <button data-file="\(name)" data-of="client-\(client.id)">\(words.downloadFile)</button>

            """)
    }
}
