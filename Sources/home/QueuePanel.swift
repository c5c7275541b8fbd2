// The queue and the links of the upload page. Scripts fill both; in the answer to a form without scripts the text boxes hold the links.

import HTML
import Pages
import Paths
import Settings
import Words

struct QueuePanel {
    let frame: PageFrame
    /// Of files that the form has just stored.
    let links: [FileLinks]

    private var words: UploadWords { frame.words.upload }

    var markup: Markup {
        """
        <p class="notice warn actions" id="queue-notice" hidden>
        <span id="queue-reason" tabindex="-1"></span> \
        <a class="button" id="sign-in" href="\(frame.links.address(.signIn))" target="_blank" hidden>\(words.signIn)</a>
        <button type="button" id="go-on">\(words.goOn)</button></p>
        <div class="upload" id="results"\(hidden(links.isEmpty))>
        \(queue)<section class="links" id="links" aria-labelledby="links-heading"\(hidden(links.isEmpty))>
        <div class="head">
        <h2 id="links-heading">\(words.links) <small id="links-count"></small></h2>
        <button type="button" class="quiet scripted" id="links-fold" aria-expanded="true" aria-controls="links-body">\(frame.words.queue.fold)</button>
        </div>
        <div id="links-body">
        <div class="tabs scripted" role="tablist" aria-labelledby="links-heading">
        \(formats.map(tab))\(tab("custom", words.custom))</div>
        \(formats.map(panel))\(custom)<div class="actions scripted">
        <button type="button" class="primary" id="copy-all">\(words.copyAll)</button> \
        <button type="button" id="download">\(words.download)</button>
        </div>
        </div>
        </section>
        </div>
        \(row)
        """
    }

    private func hidden(_ isHidden: Bool) -> Markup? { isHidden ? " hidden" : nil }

    private var queue: Markup {
        """
        <section class="queue" id="queue" aria-labelledby="queue-heading" hidden>
        <h2 id="queue-heading">\(words.queue) <small id="queue-numbers"></small></h2>
        <div class="actions" id="held" hidden><button type="button" class="primary" id="start">\(words.start)</button></div>
        <ol class="rows" id="rows"></ol>
        <div class="actions">
        <button type="button" id="pause">\(words.pauseAll)</button>
        <button type="button" id="retry-failed" hidden>\(words.retryFailed)</button>
        <button type="button" id="clear-done" hidden>\(words.clearDone)</button>
        </div>
        </section>

        """
    }

    /// Delete links are shown where senders get them.
    private var formats: [(format: String, name: String)] {
        let all = [(LinkFormat.link, words.link), (.markdown, "Markdown"), (.bbcode, words.bbcode), (.html, "HTML"), (.thumbnail, words.thumbnail)]
        return (all + (frame.settings.forms.showsDeleteLinks ? [(.delete, words.deleteLink)] : [])).map { ($0.0.rawValue, $0.1) }
    }

    private func tab(_ format: String, _ name: String) -> Markup {
        """
        <button type="button" role="tab" id="tab-\(format)" data-format="\(format)" aria-controls="format-\(format)">\(name)</button>

        """
    }

    private func panel(_ format: String, _ name: String) -> Markup {
        let lines = LinkFormat(rawValue: format).map { format in links.compactMap { $0.text(format) } } ?? []
        return """
            <div role="tabpanel" id="format-\(format)" aria-labelledby="tab-\(format)">
            <h3 class="unscripted">\(name)</h3>
            <textarea readonly rows="5" spellcheck="false" aria-label="\(name)">\(lines.joined(separator: "\n"))</textarea>
            </div>

            """
    }

    /// A form of links that the visitor writes.
    private var custom: Markup {
        """
        <div role="tabpanel" id="format-custom" aria-labelledby="tab-custom" class="scripted">
        <h3 class="unscripted">\(words.custom)</h3>
        <p class="field"><label for="presets">\(words.preset)</label> <select id="presets"></select></p>
        <p class="field"><label for="template">\(words.template)</label> \
        <textarea id="template" rows="3" spellcheck="false" aria-describedby="template-help"></textarea>
        <span class="help" id="template-help">{url} {name} {thumb} {del} {width} {height} {size}</span></p>
        <textarea readonly rows="5" spellcheck="false" aria-label="\(words.custom)"></textarea>
        </div>

        """
    }

    private var row: Markup {
        """
        <template id="row">
        <li>
        <div class="row" role="group" tabindex="-1">
        <span class="preview"></span>
        <div class="what">
        <p class="name"></p>
        <input class="name" maxlength="200" spellcheck="false" aria-label="\(words.fileName)" hidden>
        <progress max="1" value="0"></progress>
        <p class="meta"><span class="size"></span> · <span class="told" tabindex="-1"></span></p>
        </div>
        <div class="actions"><button type="button" class="quiet act"></button><button type="button" class="quiet second">×</button></div>
        </div>
        </li>
        </template>
        """
    }
}
