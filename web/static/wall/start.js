// The page is painted before anything else happens.
addEventListener("load", () => setTimeout(() => import("./wall.js"), 20));
