// The operator's notice: a dialog once in a session of the browser, at whose end the cookie goes. It stands open on the page where no
// scripts run.

import {ask, prefix} from "./page.js";

const notice = document.getElementById("notice");
const cookie = `notice=${notice.dataset.digest}`;

notice.removeAttribute("open");
if (!document.cookie.split("; ").includes(cookie)) {
    ask(notice).then(() => { document.cookie = `${cookie}; path=${prefix}/; samesite=lax`; });
}
