/** A picture in full size; any click or Escape closes it. */

import { el } from "./dom.js";

export function openImage(url) {
    const dialog = el("dialog", { class: "lightbox" }, el("img", { src: url, alt: "" }));
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}
