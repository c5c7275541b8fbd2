// Runs the tables that the address names, one after the other, and tells in `told` what failed.

const told = {};
for (const name of new URLSearchParams(location.search).keys()) {
    await import(`./${name}.js`);
    const {take} = await import("./table.js");
    told[name] = await take();
}
window.told = told;
