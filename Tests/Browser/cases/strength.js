// The strength of passwords, by the same table as the server's.

import {strengthOf} from "/assets/strength.js";
import {equal, test} from "./table.js";

test("Tests/Data/passwords.txt", async () => {
    const lines = (await (await fetch("/data/passwords.txt")).text()).split("\n").filter(Boolean);
    for (const line of lines) {
        const [expected, password] = line.split("\t");
        equal(strengthOf(password), expected, password);
    }
    equal(lines.length > 10, true);
});
