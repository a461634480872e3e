/** Small helpers to build elements. Text always goes in as text, never as markup. */

/**
 * Make an element.
 * @param {string} tag
 * @param {Object} properties  `class`, `data`, `on` (listeners) and any other attribute
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        setProperty(node, name, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

function setProperty(node, name, value) {
    if (name === "data") {
        Object.assign(node.dataset, value);
    } else if (name === "on") {
        for (const [event, listener] of Object.entries(value)) {
            node.addEventListener(event, listener);
        }
    } else if (typeof value === "boolean") {
        node.toggleAttribute(name, value);
    } else if (value !== null && value !== undefined) {
        node.setAttribute(name, value);
    }
}

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
    attach: [
        "M17 6.500v9a5 5 0 0 1-10 0v-10a3.200 3.200 0 0 1 6.400 0v9.500a1.500 1.500 0 0 1-3 0V7",
    ],
    send: ["M4 12 3 4.200 21 12 3 19.800 4 12zm0 0h9"],
    reply: ["M10 8V4l-7 7 7 7v-4.200c5 0 8.500 1.600 11 5.200-1-5.500-4-10-11-11z"],
    close: ["M6 6l12 12M18 6 6 18"],
    plus: ["M12 5v14M5 12h14"],
    clock: ["M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2"],
    plane: [
        "M21 15.500v-2l-7.500-4.500V4.500a1.500 1.500 0 0 0-3 0V9L3 13.500v2l7.500-2.300V18l-2 1.500V21l3.500-1 3.500 1v-1.500l-2-1.500v-4.800z",
    ],
    signal: ["M4 20v-4M9 20v-7M14 20V9M19 20V5"],
    one_tick: ["M5 12.500l4.500 4.500L19 7"],
    two_ticks: ["M1.500 12.500 6 17 15.500 7M10.500 15l2 2L22 7"],
    file: ["M7 3h7l4 4v14H7zM14 3v4h4"],
    more: ["M5 12h.01M12 12h.01M19 12h.01"],
    link: ["M14 4h6v6M20 4l-9 9M17 14v5H5V7h5"],
    call: [
        "M6.500 3.500 9 4l1.500 4L8.500 10a12 12 0 0 0 5.500 5.500l2-2 4 1.500.500 2.500c0 2-1.500 3-3 3C10.500 20.500 3.500 13 3.500 6.500c0-1.500 1-3 3-3z",
    ],
    copy: ["M9 9h11v11H9zM5 15H4V4h11v1"],
    list: ["M4 6h.01M4 12h.01M4 18h.01M9 6h11M9 12h11M9 18h11"],
    form: ["M5 3h14v18H5zM9 8h6M9 12h6M9 16h3"],
    pin: [
        "M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
    ],
    person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20.500c1-4 4-6 8-6s7 2 8 6"],
    bag: ["M5 8h14l1 12H4zM9 8V6a3 3 0 0 1 6 0v2"],
    back: ["M15 5l-7 7 7 7"],
};

/**
 * Make one of the page's own line icons.
 * @param {keyof typeof SHAPES} name
 * @returns {SVGElement}
 */
export function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", `icon icon-${name}`);
    svg.setAttribute("aria-hidden", "true");
    for (const shape of SHAPES[name]) {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", shape);
        svg.append(path);
    }
    return svg;
}

/** Make a labelled on/off switch. */
export function toggle(label, checked, role, onChange) {
    const input = el("input", {
        type: "checkbox",
        role: "switch",
        data: { role },
        on: { change: () => onChange(input.checked) },
    });
    input.checked = checked;
    return el("label", { class: "toggle" }, input, el("span", { class: "track" }), label);
}
