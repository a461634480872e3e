from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestStyles(TransactionCase):
    """One mistake in a stylesheet takes the styles of the whole page away."""

    def test_styles_compile(self):
        for name in ("web.assets_web", "web.assets_web_dark"):
            with self.subTest(bundle=name):
                bundle = self.env["ir.qweb"]._get_asset_bundle(name, js=False)
                self.assertIn("o-wa-", bundle.preprocess_css())
                self.assertEqual(bundle.css_errors, [])
