/** One line at the bottom of the page for what went wrong. */

const SECONDS = 6;
let timer = 0;

/** Show an error in the server's or the browser's words. */
export function complain(error) {
    const toast = document.getElementById("toast");
    toast.textContent = error.message;
    toast.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
        toast.hidden = true;
    }, SECONDS * 1000);
}
