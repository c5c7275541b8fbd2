// The devices of an account, or of one file.

import Database
import HTML
import Pages
import SyncStore
import Time
import Words

struct DeviceListPanel {
    let devices: DevicePage
    let paging: Paging
    let file: SyncFileSummary?
    let openConflicts: Int
    let frame: PageFrame
    let page: AccountPage

    /// Files listed with a device.
    private static let fileLimit = 5
    private var words: JSONWords { frame.words.json }

    var markup: Markup {
        let list: Markup = devices.devices.isEmpty ? frame.jsonEmpty(words.noDevices) : "<ul class=\"rows\">\n\(rows.map(row))</ul>\n"
        return """
            \(frame.jsonHead(file, .devices, openConflicts: file?.openConflicts ?? openConflicts))\(list)\
            \(frame.jsonPager(paging, total: devices.total, JSONPart.devices.query(of: file?.key)))\(rows.map(question))
            """
    }

    private var rows: [(number: Int, device: SyncDevice)] { devices.devices.enumerated().map { ($0.offset + 1, $0.element) } }

    private func row(_ number: Int, _ device: SyncDevice) -> Markup {
        """
        <li class="row">
        <div class="what">
        <p class="name">\(name(device)) \(device.name.isEmpty ? nil : "<code>\(device.deviceID)</code>" as Markup)</p>
        <p class="meta"><span>\(words.firstSeen(SiteTime(device.firstSeenAt).text))</span> · <span>\(words.lastPush(time(device.lastPushAt)))</span> · \
        <span>\(words.lastPull(time(device.lastPullAt)))</span></p>
        \(files(of: device))\(forms(number, device))</div>
        </li>

        """
    }

    private func name(_ device: SyncDevice) -> String { device.name.isEmpty ? device.deviceID : device.name }

    private func time(_ seconds: Int?) -> String { seconds.map { SiteTime($0).text } ?? words.never }

    private func files(of device: SyncDevice) -> Markup {
        let shown: [Markup] = device.files.prefix(DeviceListPanel.fileLimit).map { file in
            """
            <li><a href="\(frame.json([("key", file.key)]))">\(file.key)</a> \
            <span\(file.last < file.current ? " class=\"warn\"" as Markup : nil)>\(words.has(file.last, of: file.current))</span></li>

            """
        }
        let rest = device.files.count - shown.count
        return "<ul class=\"held\">\n\(shown)\(rest > 0 ? "<li class=\"muted\">\(words.moreFiles(rest))</li>\n" as Markup : nil)</ul>\n"
    }

    private func forms(_ number: Int, _ device: SyncDevice) -> Markup {
        let id: Markup = "<input type=\"hidden\" name=\"device_id\" value=\"\(device.deviceID)\">\n"
        return """
            <details class="fold">
            <summary>\(words.rename) · \(words.forget)<span class="unseen"> \(name(device))</span></summary>
            \(page.form("rename", """
                \(id)<div class="field"><label for="device-\(number)">\(words.name)</label><div class="joined">\
                <input name="device_name" id="device-\(number)" value="\(device.name)" required maxlength="200" autocomplete="off"><button>\(words.rename)</button>\
                </div></div>

                """))\(page.form("forget", class: "actions", """
                \(id)<button class="danger" data-ask="forget-\(number)">\(words.forget)</button> <span class="help">\(words.forgetHelp)</span>

                """))</details>

            """
    }

    private func question(_ number: Int, _ device: SyncDevice) -> Markup {
        Question(id: "forget-\(number)", words.ask(toForget: name(device)), words.forgetHelp, answer: words.forget).markup(frame.words)
    }
}
