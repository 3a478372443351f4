// Before the first paint: the theme and the density that were chosen in this browser, if any.
const chosen = localStorage.getItem("theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
if (localStorage.getItem("density") === "compact") document.documentElement.dataset.density = "compact";
