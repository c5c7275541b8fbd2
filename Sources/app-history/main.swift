// GET /app/history.php: the uploads of this browser. The list is not on the server: history.js reads it from the browser's storage.

import Pages
import Responder

serve("app-history", dialect: .page) { visit in
    visit.frame.response("上传历史", scripts: ["history.js"], pictures: .all, content: """
        <noscript><p>上传历史保存在您的浏览器中, 需要启用 JavaScript 才能显示。</p></noscript>
        <p id="state" role="status"></p>
        <button id="clear" type="button" hidden>清空历史</button>
        <ul class="cards" id="history" data-prefix="\(visit.frame.prefix)"></ul>
        """)
}
