// Before the first paint: light or dark as its user chose, and that there are scripts at all.
(() => {
  const root = document.documentElement;
  root.dataset.scripts = "on";
  try {
    const chosen = localStorage.getItem("afterlook.theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (_refused) {
    // Without storage it is as the system has it.
  }
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control.name !== "theme") return;
    if (control.value === "system") delete root.dataset.theme;
    else root.dataset.theme = control.value;
    try {
      localStorage.setItem("afterlook.theme", control.value);
    } catch (_refused) {
      // It holds for this page.
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const name = root.dataset.theme || "system";
    const control = document.querySelector(`input[name="theme"][value="${name}"]`);
    if (control) control.checked = true;
    const current = document.querySelector(".views [aria-current]");
    if (current) current.scrollIntoView({ block: "nearest", inline: "center" });
  });
})();
