import js from "@eslint/js";
import globals from "globals";

export default [
    { ignores: [".state/", "node_modules/", "**/static/lib/"] },
    js.configs.recommended,
    // A method that overrides another keeps its arguments
    { rules: { "no-unused-vars": ["error", { args: "none" }] } },
    {
        files: ["whatsapp_helpdesk*/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
    },
    {
        files: ["simulator/**/*.js"],
        languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    },
    {
        // Stories run in Node and pass functions into the browser
        files: ["**/*.mjs"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.node, ...globals.browser, odoo: "readonly" },
        },
    },
];
